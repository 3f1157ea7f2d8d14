package io.sparkapp.operator.applicationmaster;

import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * GPUs and the like. Spark names them {@code gpu} of vendor {@code nvidia.com}, Kubernetes {@code
 * nvidia.com/gpu}; a pod is given what its limits say.
 */
final class CustomResources {

  private static final Pattern AMOUNT =
      Pattern.compile("spark\\.(driver|executor)\\.resource\\.([^.]+)\\.amount");

  private CustomResources() {}

  /**
   * What {@code spark.ROLE.resource.NAME.amount} and {@code .vendor} ask for.
   *
   * @param role driver or executor
   */
  static Map<String, String> ofConf(String role, Map<String, String> sparkConf) {
    Map<String, String> resources = new TreeMap<>();
    sparkConf.forEach(
        (key, amount) -> {
          Matcher matcher = AMOUNT.matcher(key);
          if (matcher.matches() && matcher.group(1).equals(role)) {
            String vendor = sparkConf.get(key.replaceFirst("amount$", "vendor"));
            String name = matcher.group(2);
            resources.put(vendor == null || vendor.isBlank() ? name : vendor + "/" + name, amount);
          }
        });
    return resources;
  }

  /**
   * As a container takes them.
   *
   * @param role whose container
   * @param profile the ResourceProfile that asks for them
   * @throws UnusableSpecException when there is no vendor, as Spark's own Kubernetes backend does
   */
  static Map<String, Quantity> quantities(String role, int profile, Map<String, String> resources) {
    Map<String, Quantity> quantities = new TreeMap<>();
    resources.forEach(
        (name, amount) -> {
          if (!name.contains("/")) {
            throw new UnusableSpecException(withoutVendor(role, profile, name));
          }
          if (!amount.matches("[0-9]+")) {
            throw new UnusableSpecException(
                "\"" + amount + "\" is no amount of " + name + ": write a whole number.");
          }
          quantities.put(name, new Quantity(amount));
        });
    return quantities;
  }

  private static String withoutVendor(String role, int profile, String name) {
    String where =
        profile == 0
            ? "sparkConf asks for "
                + name
                + " without a vendor: set spark."
                + role
                + ".resource."
                + name
                + ".vendor"
            : "ResourceProfile "
                + profile
                + " asks for "
                + name
                + " without a vendor: name it in the program's ExecutorResourceRequests";
    return where
        + "; it is the part before the slash of the resource's name in Kubernetes, such as"
        + " nvidia.com.";
  }
}
