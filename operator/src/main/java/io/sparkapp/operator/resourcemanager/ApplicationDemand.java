package io.sparkapp.operator.resourcemanager;

import io.sparkapp.crds.ExecutorRequestSpec.Ask;
import io.sparkapp.crds.Memory;
import java.util.List;

/**
 * What one application wants.
 *
 * @param namespace the application's namespace
 * @param name the application
 * @param queue the queue it was submitted to
 * @param driverCores CPU cores of its driver's pod
 * @param driverMemory memory of its driver's pod, heap and overhead
 * @param gang executors without which it is not worth starting
 * @param asks executors wanted per ResourceProfile
 */
public record ApplicationDemand(
    String namespace,
    String name,
    String queue,
    int driverCores,
    Memory driverMemory,
    int gang,
    List<Ask> asks) {

  public ApplicationDemand {
    asks = List.copyOf(asks);
  }
}
