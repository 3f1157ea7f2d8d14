package io.sparkapp.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * Where properties come from: a ConfigMap or a Secret of the application's namespace.
 *
 * @param configMap a ConfigMap's name
 * @param secret a Secret's name
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "has(self.configMap) != has(self.secret)",
    message = "an entry of sparkConfFrom or hadoopConfFrom names either a configMap or a secret")
public record ConfSource(
    @Size(min = 1, max = 253) @JsonPropertyDescription("A ConfigMap's name.") String configMap,
    @Size(min = 1, max = 253) @JsonPropertyDescription("A Secret's name.") String secret) {}
