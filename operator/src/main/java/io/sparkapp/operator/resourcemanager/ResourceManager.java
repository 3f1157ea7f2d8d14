package io.sparkapp.operator.resourcemanager;

/**
 * Decides which applications are admitted and how many executors each may hold. The
 * ApplicationMaster asks on every reconcile and never takes more than it is given, as YARN's
 * ApplicationMaster does with {@code allocate}.
 */
public interface ResourceManager {

  /**
   * The decision that is in force for this application, with its reasons. Never blocks for long.
   */
  Allocation allocate(ApplicationDemand demand);

  /** The application holds nothing any more: it ended, pauses, or is gone. */
  void release(ApplicationId application);
}
