package io.sparkapp.driver;

/**
 * The attempt that a driver drives.
 *
 * @param namespace the application's namespace
 * @param applicationId Spark's application id
 * @param request the name of the attempt's ExecutorRequest
 * @param number from 1
 * @param apiServer where the request is
 */
record Attempt(
    String namespace, String applicationId, String request, String number, ApiServer apiServer) {}
