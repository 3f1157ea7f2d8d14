/**
 * Spark on YARN's ResourceManager: who is admitted and who may hold how many executors. Pure
 * decisions over what it is given; no call to the API server is made from here.
 */
package io.sparkapp.operator.resourcemanager;
