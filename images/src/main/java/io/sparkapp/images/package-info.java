/** Builds the images of operator, driver and executor, without a Docker daemon. */
package io.sparkapp.images;
