package io.sparkapp.local;

/**
 * The JVM options that drivers and executors start with here, where jobs are mostly small and cores
 * few. On a cluster, where jobs are long, nobody sets these.
 */
public final class QuickStart {

  /** The first compiler alone and the plain collector halve the time to a result. */
  public static final String OPTIONS = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  /**
   * Of executors besides: most of a long job's work is theirs, so the second compiler is there too,
   * but only for what has run thirty times as often as it takes by default.
   */
  public static final String EXECUTOR_OPTIONS =
      "-XX:TieredStopAtLevel=4 -XX:Tier4InvocationThreshold=150000"
          + " -XX:Tier4MinInvocationThreshold=18000 -XX:Tier4CompileThreshold=450000"
          + " -XX:Tier4BackEdgeThreshold=1200000";

  private QuickStart() {}
}
