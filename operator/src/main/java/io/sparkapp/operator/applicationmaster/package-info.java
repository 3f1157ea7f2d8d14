/**
 * Spark on YARN's ApplicationMaster: from one application, its request, its pods and the time it
 * decides what is to be done and what its status says. Pure: every call to the API server is an
 * {@link io.sparkapp.operator.applicationmaster.Action} that somebody else carries out.
 */
package io.sparkapp.operator.applicationmaster;
