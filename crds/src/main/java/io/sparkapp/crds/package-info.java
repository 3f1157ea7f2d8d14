/**
 * The Java model of the custom resources of group {@code sparkapp.io}; the CRD files beside this
 * module are generated from it. Nothing here decides anything.
 */
package io.sparkapp.crds;
