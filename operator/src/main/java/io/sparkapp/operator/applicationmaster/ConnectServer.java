package io.sparkapp.operator.applicationmaster;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.sparkapp.crds.ConnectSpec;
import io.sparkapp.crds.ConnectSpec.SecretKey;
import io.sparkapp.crds.SparkAppSpec;

/** What a driver's container needs more to be a Spark Connect server. */
final class ConnectServer {

  private static final String PORT_NAME = "connect";

  /** Spark's own name of it. */
  private static final String TOKEN = "SPARK_CONNECT_AUTHENTICATE_TOKEN";

  private ConnectServer() {}

  /** The container with the server's port, a probe of it and the token, if it is to be one. */
  static Container of(SparkAppSpec spec, Container container) {
    ConnectSpec connect = spec.main().connect();
    if (connect == null) {
      return container;
    }
    int port = port(spec);
    ContainerBuilder server =
        new ContainerBuilder(container)
            .addNewPort()
            .withName(PORT_NAME)
            .withContainerPort(port)
            .withProtocol("TCP")
            .endPort()
            .withNewReadinessProbe()
            .withNewTcpSocket()
            .withPort(new IntOrString(port))
            .endTcpSocket()
            .withPeriodSeconds(2)
            .endReadinessProbe();
    if (connect.tokenFrom() != null) {
      SecretKey token = connect.tokenFrom();
      server.addToEnv(
          new EnvVarBuilder()
              .withName(TOKEN)
              .withNewValueFrom()
              .withNewSecretKeyRef(token.key(), token.secret(), false)
              .endValueFrom()
              .build());
    }
    return server.build();
  }

  private static int port(SparkAppSpec spec) {
    String written = spec.sparkConf().get(ConnectSpec.PORT_PROPERTY);
    if (written == null) {
      return ConnectSpec.DEFAULT_PORT;
    }
    if (!written.matches("[1-9][0-9]{0,4}") || Integer.parseInt(written) > 65535) {
      throw new UnusableSpecException(
          ConnectSpec.PORT_PROPERTY + " is \"" + written + "\": a port is a number up to 65535.");
    }
    return Integer.parseInt(written);
  }
}
