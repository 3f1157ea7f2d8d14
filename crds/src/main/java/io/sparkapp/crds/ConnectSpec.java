package io.sparkapp.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * A Spark Connect server.
 *
 * @param tokenFrom the token that clients have to show; when left out all who reach it may use it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ConnectSpec(
    @JsonPropertyDescription(
            "The token that clients have to show (spark.connect.authenticate.token). Left out: everybody who reaches the server may use it.")
        SecretKey tokenFrom) {

  /** Spark's own. */
  public static final int DEFAULT_PORT = 15002;

  /** The property that chooses another port. */
  public static final String PORT_PROPERTY = "spark.connect.grpc.binding.port";

  /**
   * A value of a Secret in the application's namespace.
   *
   * @param secret the Secret's name
   * @param key the key in it
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record SecretKey(
      @Required @Size(min = 1, max = 253) @JsonPropertyDescription("The Secret's name.")
          String secret,
      @Default("token") @Size(min = 1, max = 253) @JsonPropertyDescription("The key in it.")
          String key) {

    public SecretKey {
      key = key == null ? "token" : key;
    }
  }
}
