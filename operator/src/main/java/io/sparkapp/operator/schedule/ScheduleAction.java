package io.sparkapp.operator.schedule;

import io.sparkapp.crds.SparkApp;
import io.sparkapp.operator.applicationmaster.EventReason;
import java.util.List;

/** One thing to do at the API server. Each may be repeated: it then finds what it made before. */
public sealed interface ScheduleAction {

  /** Creates the SparkApp of a run. */
  record Start(SparkApp app) implements ScheduleAction {}

  /** Deletes SparkApps that run; each is there until nothing of it is left. */
  record End(List<String> apps) implements ScheduleAction {
    public End {
      apps = List.copyOf(apps);
    }
  }

  /** Deletes SparkApps that have ended. */
  record Forget(List<String> apps) implements ScheduleAction {
    public Forget {
      apps = List.copyOf(apps);
    }
  }

  /** Tells the user what happened, as an event of the schedule. */
  record Announce(EventReason reason, String message) implements ScheduleAction {}
}
