package io.sparkapp.crds;

/** What the API server accepts as an amount of CPU: whole cores, a fraction, or thousandths. */
final class CpuRequest {

  /** CEL, with the API server's own idea of quantities. */
  static final String RULE = "isQuantity(self) && quantity(self).isGreaterThan(quantity('0'))";

  static final String MESSAGE = "must be an amount of CPU, as 500m, 0.5 or 2";

  private CpuRequest() {}
}
