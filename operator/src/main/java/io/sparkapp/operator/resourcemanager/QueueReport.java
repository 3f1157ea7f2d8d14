package io.sparkapp.operator.resourcemanager;

/**
 * What there is to tell of a queue and all under it.
 *
 * @param name the queue
 * @param guaranteed what it is promised
 * @param reach the most that it could hold, with the limits of those above
 * @param used what its applications hold
 * @param pending what they want beyond that
 * @param percent what it holds of the cluster, the largest of its shares; of what is limited at all
 * @param running applications that run
 * @param waiting applications in line
 * @param leaf whether applications go there
 */
public record QueueReport(
    String name,
    Resources guaranteed,
    Ceiling reach,
    Resources used,
    Resources pending,
    int percent,
    int running,
    int waiting,
    boolean leaf) {}
