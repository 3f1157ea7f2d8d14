package io.sparkapp.operator.applicationmaster;

/** The Secret that the pods of one attempt share and that Spark authenticates them with. */
public final class SharedSecret {

  /** Key of {@code spark.authenticate.secret} in the Secret. */
  public static final String KEY = "spark-authenticate-secret";

  private SharedSecret() {}
}
