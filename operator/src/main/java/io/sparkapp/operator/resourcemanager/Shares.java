package io.sparkapp.operator.resourcemanager;

/**
 * How much somebody holds, as one number: the largest of its shares of a resource (dominant
 * resource fairness, Ghodsi et al., NSDI 2011).
 */
final class Shares {

  /** What a share is of where nothing is limited: it only has to be the same for all. */
  private static final Resources UNIT = new Resources(1000, 4L << 30);

  private Shares() {}

  /** The largest share of {@code amount} in what there may be at most. */
  static double dominant(Resources amount, Ceiling of) {
    double share =
        Math.max(
            share(amount.cpu(), of.cpu(), UNIT.cpu()),
            share(amount.memory(), of.memory(), UNIT.memory()));
    if (amount.isPlain()) {
      return share;
    }
    for (String name : amount.others().keySet()) {
      share = Math.max(share, share(amount.amount(name), of.of(name), 1));
    }
    return share;
  }

  /** The same of what is limited only; nothing where nothing is. */
  static double ofLimited(Resources amount, Ceiling of) {
    Resources limited = amount;
    for (String name : amount.names()) {
      limited = of.of(name) == Ceiling.ANY ? limited.with(name, 0) : limited;
    }
    return dominant(limited, of);
  }

  private static double share(long amount, long of, long unit) {
    if (amount <= 0) {
      return 0;
    }
    return (double) amount / (of == Ceiling.ANY ? unit : Math.max(1, of));
  }

  /** How much of what it is guaranteed is used, of the resource that most is used of. */
  static double ofGuarantee(Resources used, Resources guaranteed) {
    double share =
        Math.max(
            guaranteed.cpu() == 0 ? 0 : (double) used.cpu() / guaranteed.cpu(),
            guaranteed.memory() == 0 ? 0 : (double) used.memory() / guaranteed.memory());
    if (guaranteed.isPlain()) {
      return share;
    }
    for (String name : guaranteed.others().keySet()) {
      share = Math.max(share, (double) used.amount(name) / guaranteed.amount(name));
    }
    return share;
  }
}
