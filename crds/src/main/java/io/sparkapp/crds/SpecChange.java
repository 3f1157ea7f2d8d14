package io.sparkapp.crds;

/**
 * What may be changed of an application that exists. Queue, numbers of executors, limits, what
 * follows its end, suspend and kill are read anew all the time; everything else went into pods that
 * can not be changed.
 */
final class SpecChange {

  /** CEL over the whole spec. */
  static final String RULE =
      "has(self.updateStrategy) && self.updateStrategy == 'Restart' || has(self.main) == has(oldSelf.main) && (!has(self.main) || self.main == oldSelf.main)"
          + " && self.driver == oldSelf.driver"
          + " && has(self.image) == has(oldSelf.image) && (!has(self.image) || self.image == oldSelf.image)"
          + " && has(self.sparkConf) == has(oldSelf.sparkConf) && (!has(self.sparkConf) || self.sparkConf == oldSelf.sparkConf)"
          + " && has(self.dependencies) == has(oldSelf.dependencies) && (!has(self.dependencies) || self.dependencies == oldSelf.dependencies)"
          + " && has(self.sparkConfFrom) == has(oldSelf.sparkConfFrom) && (!has(self.sparkConfFrom) || self.sparkConfFrom == oldSelf.sparkConfFrom)"
          + " && has(self.hadoopConf) == has(oldSelf.hadoopConf) && (!has(self.hadoopConf) || self.hadoopConf == oldSelf.hadoopConf)"
          + " && has(self.hadoopConfFrom) == has(oldSelf.hadoopConfFrom) && (!has(self.hadoopConfFrom) || self.hadoopConfFrom == oldSelf.hadoopConfFrom)"
          + " && has(self.imagePullSecrets) == has(oldSelf.imagePullSecrets) && (!has(self.imagePullSecrets) || self.imagePullSecrets == oldSelf.imagePullSecrets)"
          + " && has(self.launcher) == has(oldSelf.launcher) && (!has(self.launcher) || self.launcher == oldSelf.launcher)"
          + " && has(self.batchScheduler) == has(oldSelf.batchScheduler) && (!has(self.batchScheduler) || self.batchScheduler == oldSelf.batchScheduler)"
          + " && self.executor.cores == oldSelf.executor.cores"
          + " && self.executor.memory == oldSelf.executor.memory"
          + " && has(self.executor.cpuRequest) == has(oldSelf.executor.cpuRequest) && (!has(self.executor.cpuRequest) || self.executor.cpuRequest == oldSelf.executor.cpuRequest)"
          + " && has(self.executor.memoryOverhead) == has(oldSelf.executor.memoryOverhead) && (!has(self.executor.memoryOverhead) || self.executor.memoryOverhead == oldSelf.executor.memoryOverhead)"
          + " && has(self.executor.javaOptions) == has(oldSelf.executor.javaOptions) && (!has(self.executor.javaOptions) || self.executor.javaOptions == oldSelf.executor.javaOptions)"
          + " && has(self.executor.image) == has(oldSelf.executor.image) && (!has(self.executor.image) || self.executor.image == oldSelf.executor.image)"
          + " && has(self.executor.template) == has(oldSelf.executor.template) && (!has(self.executor.template) || self.executor.template == oldSelf.executor.template)"
          + " && has(self.executor.localDir) == has(oldSelf.executor.localDir) && (!has(self.executor.localDir) || self.executor.localDir == oldSelf.executor.localDir)"
          + " && (has(self.executor.min) || has(self.executor.max)) =="
          + " (has(oldSelf.executor.min) || has(oldSelf.executor.max))";

  static final String MESSAGE =
      "a running attempt takes in changes of executor.instances, .min and .max, queue,"
          + " priorityClassName, user, restart, limits, timeToLive, retainDriver, suspend and kill; main, dependencies, sparkConf,"
          + " sparkConfFrom, hadoopConf, hadoopConfFrom, image, imagePullSecrets, launcher, batchScheduler, driver, the rest of"
          + " executor, and whether it has min or max, can be changed only with updateStrategy:"
          + " Restart, which ends the attempt and starts another";

  /** The driver is another one's process, or one of ours; there is no way from one to the other. */
  static final String PLACEMENT_RULE = "self.placement == oldSelf.placement";

  static final String PLACEMENT_MESSAGE =
      "spec.placement can not be changed: delete the application and apply it again";

  private SpecChange() {}
}
