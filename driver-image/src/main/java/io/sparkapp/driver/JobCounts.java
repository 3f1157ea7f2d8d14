package io.sparkapp.driver;

/** Jobs, stages and tasks of one job or of many; what Spark skips is counted nowhere. */
record JobCounts(
    int jobs,
    int jobsDone,
    int stages,
    int stagesDone,
    int tasks,
    int tasksDone,
    int tasksActive,
    int tasksFailed) {

  static final JobCounts NONE = new JobCounts(0, 0, 0, 0, 0, 0, 0, 0);

  JobCounts plus(JobCounts other) {
    return new JobCounts(
        jobs + other.jobs,
        jobsDone + other.jobsDone,
        stages + other.stages,
        stagesDone + other.stagesDone,
        tasks + other.tasks,
        tasksDone + other.tasksDone,
        tasksActive + other.tasksActive,
        tasksFailed + other.tasksFailed);
  }

  /** What was last seen running is done by now. */
  JobCounts asDone() {
    return new JobCounts(jobs, jobs, stages, stages, tasks, tasks, 0, tasksFailed);
  }
}
