package io.sparkapp.operator.resourcemanager;

/** What is in the way of giving something to an application. */
sealed interface Obstacle {

  /** What it is, as a part of a sentence: "queue etl has 2 cores of its 10 cores left". */
  String sentence();

  /**
   * A queue, or the cluster, has not enough left.
   *
   * @param at the queue
   * @param limit what it may hold
   * @param used what it holds
   * @param kept what is kept free for others
   * @param more what was to be added
   */
  record Full(Queue at, Ceiling limit, Resources used, Resources kept, Resources more)
      implements Obstacle {

    @Override
    public String sentence() {
      String name = limit.shortOf(used, kept, more).orElse(Resources.CPU);
      long left = Math.max(0, limit.of(name) - used.amount(name));
      String room =
          "%s has %s of its %s left"
              .formatted(at, Amounts.bare(name, left), Amounts.of(name, limit.of(name)));
      return kept.amount(name) > 0 && left > 0 ? room + ", kept for others" : room;
    }
  }

  /** As many applications run there as may. */
  record Crowded(Queue at, int most) implements Obstacle {
    @Override
    public String sentence() {
      return Wording.running(most, "", at) + ", and more may not";
    }
  }

  /** Drivers hold as much there as they may. */
  record Drivers(Queue at, int percent) implements Obstacle {
    @Override
    public String sentence() {
      return "drivers may hold %d %% of %s, and do".formatted(percent, at);
    }
  }

  /**
   * Applications of the same namespace or user hold as much as they may.
   *
   * @param whose as "namespace etl"
   */
  record OwnShare(String whose, Queue at, Ceiling limit, Resources used, Resources more)
      implements Obstacle {
    @Override
    public String sentence() {
      String name = limit.shortOf(used, Resources.NONE, more).orElse(Resources.CPU);
      long left = Math.max(0, limit.of(name) - used.amount(name));
      return "%s has %s of its %s in %s left"
          .formatted(whose, Amounts.bare(name, left), Amounts.of(name, limit.of(name)), at);
    }
  }

  /** As many applications of the same namespace or user run as may. */
  record OwnCrowd(String whose, Queue at, int most) implements Obstacle {
    @Override
    public String sentence() {
      return Wording.running(most, " of " + whose, at) + ", and more may not";
    }
  }

  /** Somebody is before it, and nobody may pass. */
  record Behind(ApplicationId first) implements Obstacle {
    @Override
    public String sentence() {
      return first + " is before it, and room is kept for that";
    }
  }
}
