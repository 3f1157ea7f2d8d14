package io.sparkapp.operator.resourcemanager;

import java.time.Instant;

/** One thing that a pass decided, with its reason as a sentence. */
public sealed interface Decision {

  /** Whom it is about. */
  ApplicationId application();

  /** One sentence. */
  String reason();

  /** It may run now. */
  record Admitted(ApplicationId application, String queue, String reason) implements Decision {}

  /** It may hold so many executors of a ResourceProfile: more than before. */
  record Granted(ApplicationId application, int profile, int total, String reason)
      implements Decision {}

  /**
   * It is to give executors back until {@code total} are left; the others end at {@code before}.
   */
  record TakenBack(ApplicationId application, int profile, int total, Instant before, String reason)
      implements Decision {}

  /** What it holds is charged to another queue. */
  record Moved(ApplicationId application, String from, String to, String reason)
      implements Decision {}
}
