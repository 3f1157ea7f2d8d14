/** Tests of the chart: what it renders is compared with what operator and CRDs are. */
package io.sparkapp.helm;
