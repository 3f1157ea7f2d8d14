package io.sparkapp.driver;

import java.net.URI;
import java.util.Iterator;
import java.util.UUID;
import org.apache.spark.connect.proto.AnalyzePlanRequest;
import org.apache.spark.connect.proto.ExecutePlanRequest;
import org.apache.spark.connect.proto.ExecutePlanResponse;
import org.apache.spark.connect.proto.Plan;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.SQL;
import org.apache.spark.connect.proto.SparkConnectServiceGrpc;
import org.apache.spark.connect.proto.SparkConnectServiceGrpc.SparkConnectServiceBlockingStub;
import org.apache.spark.connect.proto.UserContext;
import org.sparkproject.connect.grpc.ManagedChannel;
import org.sparkproject.connect.grpc.Metadata;
import org.sparkproject.connect.grpc.netty.NettyChannelBuilder;
import org.sparkproject.connect.grpc.stub.MetadataUtils;

/** As much of a Spark Connect client as asks for a version and for the rows of a query. */
public final class ConnectClient implements AutoCloseable {

  private final ManagedChannel channel;
  private final SparkConnectServiceBlockingStub stub;
  private final String session = UUID.randomUUID().toString();
  private final UserContext user = UserContext.newBuilder().setUserId("test").build();

  /**
   * @param address as {@code sc://host:port}
   * @param token empty for none
   */
  ConnectClient(String address, String token) {
    URI uri = URI.create(address);
    channel = NettyChannelBuilder.forAddress(uri.getHost(), uri.getPort()).usePlaintext().build();
    Metadata headers = new Metadata();
    if (!token.isEmpty()) {
      headers.put(
          Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    }
    stub =
        SparkConnectServiceGrpc.newBlockingStub(channel)
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  /** Prints the server's version and how many rows each query has. */
  public static void main(String[] arguments) {
    try (ConnectClient client = new ConnectClient(arguments[0], arguments[1])) {
      System.out.println("version: " + client.version());
      for (int i = 2; i < arguments.length; i++) {
        System.out.println("rows: " + client.rows(arguments[i]));
      }
    }
  }

  String version() {
    return stub.analyzePlan(
            AnalyzePlanRequest.newBuilder()
                .setSessionId(session)
                .setUserContext(user)
                .setSparkVersion(AnalyzePlanRequest.SparkVersion.newBuilder())
                .build())
        .getSparkVersion()
        .getVersion();
  }

  long rows(String sql) {
    Iterator<ExecutePlanResponse> responses =
        stub.executePlan(
            ExecutePlanRequest.newBuilder()
                .setSessionId(session)
                .setUserContext(user)
                .setPlan(
                    Plan.newBuilder()
                        .setRoot(Relation.newBuilder().setSql(SQL.newBuilder().setQuery(sql))))
                .build());
    long rows = 0;
    while (responses.hasNext()) {
      rows += responses.next().getArrowBatch().getRowCount();
    }
    return rows;
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
