package io.sparkapp.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/**
 * The user's program: a class in a jar, or a Python file.
 *
 * @param jar where the driver finds the program's jar, as {@code local:///path/in/the/image.jar}
 * @param className the class whose {@code main} is called
 * @param python where the driver finds the Python file, as {@code local:///path/in/the/image.py}
 * @param args its arguments, handed over as they are (no shell in between)
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "has(self.jar) != has(self.python)",
    message = "spec.main takes exactly one of jar (with class) and python")
@ValidationRule(
    value = "has(self.jar) == has(self.class)",
    message = "spec.main.class names the class of spec.main.jar whose main is called: set both")
public record MainProgram(
    @Size(min = 1, max = 4096)
        @ValidationRule(
            value = "self.startsWith('local:///')",
            message =
                "spec.main.jar is a path inside the driver's image, written as"
                    + " local:///path/to/application.jar")
        @JsonPropertyDescription(
            "The program's jar inside the driver's image, as local:///path/to/application.jar.")
        String jar,
    @JsonProperty("class")
        @Size(min = 1, max = 1024)
        @ValidationRule(
            value = "self.matches('^[A-Za-z_$][A-Za-z0-9_$.]*$')",
            message = "spec.main.class is the full name of a Java class, such as com.acme.Main")
        @JsonPropertyDescription("The class whose main is called, such as com.acme.Main.")
        String className,
    @Size(min = 1, max = 4096)
        @ValidationRule(
            value = "self.matches('^local:///.*[.]py$')",
            message =
                "spec.main.python is a path inside the driver's image, written as"
                    + " local:///path/to/application.py")
        @JsonPropertyDescription(
            "The Python file inside the driver's image, as local:///path/to/application.py.")
        String python,
    @JsonPropertyDescription("Arguments of main, handed over as they are: no shell reads them.")
        List<String> args) {

  public MainProgram {
    args = args == null ? List.of() : List.copyOf(args);
  }

  /** Whether Python runs it, and Python processes beside each executor. */
  public boolean inPython() {
    return python != null;
  }
}
