package io.sparkapp.local.node;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * What the pods of a node share.
 *
 * @param pods the directory of the pods' directories
 * @param environment variables that every container gets: where the API server is
 * @param workers runs what takes moments; bounded
 * @param copiers runs the copying of output, a thread per live container
 */
record NodeServices(
    KubernetesClient client,
    String nodeIp,
    Map<String, Quantity> allocatable,
    Path pods,
    Map<String, String> environment,
    ImageStore images,
    IpPool ips,
    LaunchPlanner planner,
    StatusReporter statuses,
    PodEvents events,
    MemoryWatch memory,
    Timers timers,
    Executor workers,
    Executor copiers,
    Clock clock) {}
