package io.sparkapp.driver;

/**
 * An executor that has registered and is not on its way out.
 *
 * @param id Spark's id of it, a decimal number
 * @param profile its ResourceProfile
 * @param busy whether it runs tasks
 * @param bare whether it holds neither shuffle files nor cached blocks
 */
record LiveExecutor(String id, int profile, boolean busy, boolean bare) {}
