package io.sparkapp.driver;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.rpc.RpcAddress;
import org.apache.spark.rpc.RpcCallContext;
import org.apache.spark.scheduler.cluster.CoarseGrainedClusterMessages.RegisterExecutor;
import org.apache.spark.scheduler.cluster.CoarseGrainedClusterMessages.RetrieveSparkAppConfig;
import org.apache.spark.scheduler.cluster.CoarseGrainedSchedulerBackend;
import scala.Option;
import scala.PartialFunction;
import scala.jdk.javaapi.OptionConverters;
import scala.runtime.AbstractPartialFunction;
import scala.runtime.BoxedUnit;

/**
 * The endpoint that executors talk to. It differs from Spark's in two things: an executor that asks
 * for the application's configuration before it is whole has to wait, because the first answer is
 * the one that all get; and a lost connection is no verdict, the operator is asked for one.
 */
final class SparkAppDriverEndpoint extends CoarseGrainedSchedulerBackend.DriverEndpoint {

  /** A question that came too early. */
  private record Early(Object message, RpcCallContext context) {}

  private final SparkAppSchedulerBackend backend;
  private final List<Early> early = new ArrayList<>();
  private boolean configurationIsWhole;

  SparkAppDriverEndpoint(SparkAppSchedulerBackend backend) {
    backend.super();
    this.backend = backend;
  }

  @Override
  public PartialFunction<Object, BoxedUnit> receiveAndReply(RpcCallContext context) {
    PartialFunction<Object, BoxedUnit> sparks = super.receiveAndReply(context);
    return new AbstractPartialFunction<Object, BoxedUnit>() {
      @Override
      public boolean isDefinedAt(Object message) {
        return sparks.isDefinedAt(message);
      }

      @Override
      public BoxedUnit apply(Object message) {
        if (message instanceof RetrieveSparkAppConfig && isTooEarly(message, context)
            || message instanceof RegisterExecutor && backend.isStopped()) {
          return BoxedUnit.UNIT;
        }
        if (message instanceof RegisterExecutor executor) {
          // First, for Spark may offer its cores to tasks before it returns.
          backend
              .nodes()
              .learn(
                  executor.executorId(),
                  executor.hostname(),
                  OptionConverters.toJava(executor.attributes().get(ExecutorNodes.ATTRIBUTE)));
        }
        sparks.apply(message);
        if (message instanceof RegisterExecutor) {
          backend.registered();
        }
        return BoxedUnit.UNIT;
      }
    };
  }

  private synchronized boolean isTooEarly(Object message, RpcCallContext context) {
    if (!configurationIsWhole) {
      early.add(new Early(message, context));
    }
    return !configurationIsWhole;
  }

  /** From now on the configuration is given out; those that wait get it first. */
  void configurationIsWhole() {
    List<Early> waiting;
    synchronized (this) {
      configurationIsWhole = true;
      waiting = List.copyOf(early);
      early.clear();
    }
    waiting.forEach(question -> receiveAndReply(question.context()).apply(question.message()));
  }

  /** Tasks are neither offered nor failed until the operator has said what happened. */
  @Override
  public void onDisconnected(RpcAddress address) {
    Option<String> id = addressToExecutorId().get(address);
    if (id.isEmpty() || backend.isStopped()) {
      return;
    }
    if (backend.executorsPendingDecommission().contains(id.get())) {
      backend.tellSpark(id.get(), LossReason.decommissioned());
    } else if (disableExecutor(id.get())) {
      backend.askWhyDisconnected(id.get());
    }
  }
}
