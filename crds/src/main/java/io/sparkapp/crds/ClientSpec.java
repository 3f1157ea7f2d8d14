package io.sparkapp.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;

/**
 * The driver of an application in client placement. The driver writes this itself, once, when it
 * creates the SparkApp or joins one; from then on it renews a Lease that has the name of Spark's
 * application id.
 *
 * @param host {@code spark.driver.host}: the name or address that executors look for
 * @param port {@code spark.driver.port}
 * @param ip the address behind {@code host}, which executors' pods may not be able to look up
 * @param authenticate whether Spark authenticates: the driver has then made the Secret of the
 *     attempt, with the key that the operator uses too
 * @param leaseSeconds how long the driver may be silent before it is taken for lost
 * @param process who and where the driver is, for people
 * @param conf Spark properties that executors need before they can talk to the driver ({@code
 *     SparkConf.isExecutorStartupConf}); no secrets
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClientSpec(
    @Required
        @Size(min = 1, max = 253)
        @ValidationRule(
            value = "self.matches('^[A-Za-z0-9._:-]+$')",
            message = "spec.client.host is a host name or an IP address")
        @JsonPropertyDescription("The name or address at which executors find the driver.")
        String host,
    @Required @Min(1) @Max(65535) @JsonPropertyDescription("The port of the driver's RPC endpoint.")
        Integer port,
    @Size(min = 1, max = 64)
        @JsonPropertyDescription("The address behind host, where it is a name.")
        String ip,
    @Default("false")
        @JsonPropertyDescription("Whether executors authenticate with the Secret of the attempt.")
        Boolean authenticate,
    @Default("30")
        @Min(5)
        @Max(3600)
        @JsonPropertyDescription("Seconds that the driver may be silent before it is lost.")
        Integer leaseSeconds,
    @Size(min = 1, max = 512)
        @JsonPropertyDescription("Who and where the driver is, as alice@laptop, process 4711.")
        String process,
    @Size(max = 500)
        @JsonPropertyDescription(
            "Spark properties that executors need before they can talk to the driver.")
        Map<String, String> conf) {

  private static final int USUAL_LEASE = 30;

  public ClientSpec {
    authenticate = authenticate != null && authenticate;
    leaseSeconds = leaseSeconds == null ? USUAL_LEASE : leaseSeconds;
    conf = conf == null ? Map.of() : Map.copyOf(conf);
  }
}
