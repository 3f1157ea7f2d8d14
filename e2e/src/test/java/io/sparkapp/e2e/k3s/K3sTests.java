package io.sparkapp.e2e.k3s;

import java.util.Locale;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands the one {@link Cluster} of this JVM to tests, and to each test {@link Applications} of its
 * own; both go when nobody needs them any more. Of a test that fails it keeps what the cluster
 * says.
 */
final class K3sTests implements ParameterResolver, AfterTestExecutionCallback {

  private static final Namespace NAMESPACE = Namespace.create(K3sTests.class);

  /** Leaves room for a suffix within the 63 characters of a namespace's name. */
  private static final int LONGEST_NAME = 50;

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Cluster.class
        || type == Applications.class && context.getTestMethod().isPresent();
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Cluster.class
        ? cluster(context)
        : applications(context);
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    Applications applications =
        context.getStore(NAMESPACE).get(Applications.class, Applications.class);
    if (context.getExecutionException().isPresent() && applications != null) {
      Diagnosis.of(cluster(context), applications)
          .write(
              context.getRequiredTestClass().getSimpleName()
                  + "."
                  + context.getRequiredTestMethod().getName());
    }
  }

  private static Cluster cluster(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(Cluster.class, key -> Cluster.start(), Cluster.class);
  }

  private static Applications applications(ExtensionContext context) {
    String name = namespaceOf(context.getRequiredTestMethod().getName());
    return context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(
            Applications.class,
            key -> Applications.in(cluster(context).client(), name),
            Applications.class);
  }

  private static String namespaceOf(String method) {
    String words = method.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    return words.length() <= LONGEST_NAME ? words : words.substring(0, LONGEST_NAME) + "x";
  }
}
