/** Programs that tests bring into the cluster: each is one class that needs the JDK only. */
package io.sparkapp.e2e.k3s.program;
