package io.sparkapp.driver;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.status.api.v1.JobData;
import org.apache.spark.status.api.v1.StageData;

/**
 * Sums up all jobs of an application. Spark's status store forgets old jobs ({@code
 * spark.ui.retainedJobs}, 1000); without a tally a long application's progress would go backwards.
 */
final class JobTally {

  private final Map<Integer, JobCounts> last = new HashMap<>();
  private JobCounts forgotten = JobCounts.NONE;

  JobCounts sum(List<JobData> jobs, List<StageData> activeStages) {
    return sum(jobs.stream().map(job -> ObservedJob.of(job, activeStages)).toList());
  }

  JobCounts sum(List<ObservedJob> jobs) {
    Map<Integer, JobCounts> now =
        jobs.stream().collect(Collectors.toMap(ObservedJob::id, ObservedJob::counts));
    last.keySet().removeAll(now.keySet());
    // Spark forgets only jobs that are done.
    for (JobCounts counts : last.values()) {
      forgotten = forgotten.plus(counts.asDone());
    }
    last.clear();
    last.putAll(now);
    return now.values().stream().reduce(forgotten, JobCounts::plus);
  }
}
