package io.sparkapp.operator.schedule;

/** A schedule that is made at half past midnight, and its first runs when it is hourly. */
final class HourlyRuns {

  static final String HOURLY = "schedule: \"@hourly\"\n";

  // Minutes since 1970, in the names.
  static final String ONE = "nightly-29453820";
  static final String TWO = "nightly-29453880";
  static final String THREE = "nightly-29453940";
  static final String FOUR = "nightly-29454000";

  private HourlyRuns() {}

  static FakeScheduleCluster created(String lines) {
    return FakeScheduleCluster.at("2026-01-01T00:30:00Z", lines).reconcile();
  }
}
