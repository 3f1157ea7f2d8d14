package io.sparkapp.crds;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;

/**
 * What to run, how big, and where.
 *
 * @param placement where the driver runs
 * @param queue the queue that admits the application and shares resources out
 * @param priorityClassName the PriorityClass of its pods, which is its priority in its queue too
 * @param user on whose behalf it runs, for queues with limits per user; the API server lets nobody
 *     name another one
 * @param main the program that the driver's pod runs; null with placement Client
 * @param client the driver in client placement, written by itself; null as long as there is none
 * @param dependencies what the program needs beside itself; null for nothing
 * @param sparkConf Spark properties; those that the operator sets itself are refused
 * @param sparkConfFrom ConfigMaps and Secrets with Spark properties; later ones win, and {@code
 *     sparkConf} wins over all
 * @param hadoopConf Hadoop properties, without {@code spark.hadoop.}
 * @param hadoopConfFrom ConfigMaps and Secrets with Hadoop properties or files such as {@code
 *     core-site.xml}; later ones win, and {@code hadoopConf} wins over all
 * @param image the image of driver and executors; {@code driver.image} and {@code executor.image}
 *     win over it, the operator's default images are used when none is given
 * @param imagePullSecrets Secrets to pull images with, beside the operator's own
 * @param driver the driver's pod
 * @param executor the executors' pods
 * @param restart what follows when an attempt has ended
 * @param limits how long things may take, and how much may go wrong
 * @param timeToLive how long after its end the application is deleted; when left out never
 * @param suspend ends what runs; a new attempt follows when it is false again
 * @param kill ends the application for good; the text is the reason
 * @param retainDriver whether the driver's pod stays for its log after its end
 * @param updateStrategy what becomes of a change that a running attempt can not take in
 * @param launcher whether images have the launchers of driver and executors
 * @param batchScheduler another scheduler that has a say in when pods start; null for none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "(self.placement == 'Client') != has(self.main)",
    message =
        "spec.main is what the driver's pod runs: set it with placement Cluster; with placement"
            + " Client leave it out, the driver is a program of your own there")
@ValidationRule(
    value = "self.placement == 'Client' || !has(self.client)",
    message = "spec.client is for placement Client only: the driver writes it itself")
@ValidationRule(
    value =
        "self.placement != 'Client' || !(has(self.dependencies) || has(self.sparkConfFrom) ||"
            + " has(self.hadoopConf) || has(self.hadoopConfFrom))",
    message =
        "dependencies, sparkConfFrom, hadoopConf and hadoopConfFrom are for placement Cluster: in"
            + " client placement give them to your driver, as options of spark-submit")
@ValidationRule(
    value = "!has(oldSelf.client) || has(self.client) && self.client == oldSelf.client",
    message =
        "spec.client can not be changed: another driver runs this application, or ran it; use"
            + " another name")
@ValidationRule(
    value = "self.placement != 'Client' || !self.suspend",
    message =
        "an application in client placement can not be suspended, for nobody but you can start its"
            + " driver again: end the driver, or set spec.kill")
@ValidationRule(
    value =
        "self.placement != 'Client' || !has(self.updateStrategy) || self.updateStrategy == 'Refuse'",
    message =
        "updateStrategy Restart is for placement Cluster only, for nobody but you can start a driver"
            + " of your own again")
@ValidationRule(value = SpecChange.RULE, message = SpecChange.MESSAGE)
@ValidationRule(value = SpecChange.PLACEMENT_RULE, message = SpecChange.PLACEMENT_MESSAGE)
@JsonClassDescription("What to run, how big, where, and what follows a failure.")
public record SparkAppSpec(
    @Default("Cluster")
        @JsonPropertyDescription(
            "Where the driver runs: Cluster, in a pod that the operator creates; Client, wherever you start it.")
        Placement placement,
    @Default("default")
        @Size(min = 1, max = 253)
        @JsonPropertyDescription("The queue that admits the application.")
        String queue,
    @Size(min = 1, max = 253)
        @JsonPropertyDescription(
            "The PriorityClass of its pods, which is its priority in its queue too. Left out: the cluster's default one, or priority 0.")
        String priorityClassName,
    @Size(min = 1, max = 253)
        @JsonPropertyDescription(
            "On whose behalf it runs, for queues that know users: your own user name. Left out: nobody's.")
        String user,
    @JsonPropertyDescription("The program that the driver's pod runs.") MainProgram main,
    @JsonPropertyDescription(
            "The driver in client placement; it writes this itself when it starts.")
        ClientSpec client,
    @JsonPropertyDescription(
            "What the program needs beside itself: files and Maven packages, resolved in the driver's pod.")
        DependenciesSpec dependencies,
    @Size(max = 500)
        @ValidationRule(
            value =
                "!('spark.master' in self) && !('spark.app.id' in self) && !('spark.driver.host' in"
                    + " self) && !('spark.driver.port' in self) && !('spark.submit.deployMode' in"
                    + " self) && !('spark.authenticate' in self) && !('spark.authenticate.secret'"
                    + " in self)",
            message =
                "the operator sets spark.master, spark.app.id, spark.driver.host,"
                    + " spark.driver.port, spark.submit.deployMode, spark.authenticate and"
                    + " spark.authenticate.secret itself: leave them out")
        @ValidationRule(
            value =
                "!('spark.executor.instances' in self) && !('spark.executor.cores' in self) &&"
                    + " !('spark.executor.memory' in self) && !('spark.executor.memoryOverhead' in"
                    + " self)",
            message =
                "spark.executor.instances, .cores, .memory and .memoryOverhead are fields of"
                    + " spec.executor: set them there")
        @ValidationRule(
            value =
                "!('spark.driver.memory' in self) && !('spark.driver.cores' in self) &&"
                    + " !('spark.driver.memoryOverhead' in self)",
            message =
                "spark.driver.cores, .memory and .memoryOverhead are fields of spec.driver: set"
                    + " them there")
        @ValidationRule(
            value =
                "!('spark.dynamicAllocation.enabled' in self) &&"
                    + " !('spark.dynamicAllocation.minExecutors' in self) &&"
                    + " !('spark.dynamicAllocation.maxExecutors' in self) &&"
                    + " !('spark.dynamicAllocation.initialExecutors' in self)",
            message =
                "dynamic allocation is on when spec.executor.min or .max is set, and starts with"
                    + " spec.executor.instances: set them there")
        @JsonPropertyDescription(
            "Spark properties. Those that the operator sets itself are refused.")
        Map<String, String> sparkConf,
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 50)
        @JsonPropertyDescription(
            "ConfigMaps and Secrets with Spark properties: keys are properties, or files such as spark-defaults.conf. sparkConf wins.")
        List<ConfSource> sparkConfFrom,
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 500)
        @ValidationRule(
            value = "self.all(key, !key.startsWith('spark.'))",
            message =
                "spec.hadoopConf takes Hadoop's own names, such as fs.s3a.endpoint, without"
                    + " spark.hadoop. before them")
        @JsonPropertyDescription("Hadoop properties, such as fs.s3a.endpoint.")
        Map<String, String> hadoopConf,
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 50)
        @JsonPropertyDescription(
            "ConfigMaps and Secrets with Hadoop properties: keys are properties, or files such as core-site.xml. hadoopConf wins.")
        List<ConfSource> hadoopConfFrom,
    @Size(min = 1, max = 1024)
        @JsonPropertyDescription(
            "Image of driver and executors; driver.image and executor.image win over it. The operator's default images are used when none is given.")
        String image,
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 50)
        @JsonPropertyDescription(
            "Secrets of this namespace to pull images with, beside those of the operator's installation.")
        List<@Size(min = 1, max = 253) String> imagePullSecrets,
    @Default("{}") @JsonPropertyDescription("The driver's pod.") DriverSpec driver,
    @Default("{}") @JsonPropertyDescription("The executors' pods.") ExecutorSpec executor,
    @Default("{}") @JsonPropertyDescription("What follows when an attempt has ended.")
        RestartSpec restart,
    @Default("{}") @JsonPropertyDescription("How long things may take, and how much may go wrong.")
        LimitsSpec limits,
    @Size(min = 1, max = 32)
        @ValidationRule(value = TimeSpan.RULE, message = TimeSpan.MESSAGE)
        @JsonPropertyDescription(
            "How long after its end the application is deleted with all that belongs to it, as 24h. Left out: never.")
        String timeToLive,
    @Default("false")
        @JsonPropertyDescription(
            "Ends what runs and frees all of it; back at false, a new attempt starts.")
        Boolean suspend,
    @Size(min = 1, max = 1024)
        @JsonPropertyDescription(
            "Ends the application for good, as Failed; the text is the reason that its status tells.")
        String kill,
    @Default("Always")
        @JsonPropertyDescription(
            "Whether the driver's pod stays for its log once it has ended: Always, OnFailure or Never.")
        RetainDriver retainDriver,
    @Default("Refuse")
        @JsonPropertyDescription(
            "What becomes of a change that a running attempt can not take in: Refuse, or Restart, which ends the attempt and starts another with the changed spec.")
        UpdateStrategy updateStrategy,
    @Default("InImage")
        @JsonPropertyDescription(
            "InImage: images are the operator's or built on it. Added: for any other image with Spark 4 in /opt/spark/jars and java on its PATH; an init container brings what SparkApps need.")
        Launcher launcher,
    @JsonPropertyDescription(
            "Another scheduler or queue system that has a say in when pods start, as {kind: YuniKorn, queue: root.sandbox}. Left out: none.")
        BatchScheduler batchScheduler) {

  public SparkAppSpec {
    placement = placement == null ? Placement.Cluster : placement;
    queue = queue == null ? "default" : queue;
    sparkConf = sparkConf == null ? Map.of() : Map.copyOf(sparkConf);
    sparkConfFrom = sparkConfFrom == null ? List.of() : List.copyOf(sparkConfFrom);
    hadoopConf = hadoopConf == null ? Map.of() : Map.copyOf(hadoopConf);
    hadoopConfFrom = hadoopConfFrom == null ? List.of() : List.copyOf(hadoopConfFrom);
    imagePullSecrets = imagePullSecrets == null ? List.of() : List.copyOf(imagePullSecrets);
    driver = driver == null ? DriverSpec.DEFAULT : driver;
    executor = executor == null ? ExecutorSpec.DEFAULT : executor;
    restart = restart == null ? RestartSpec.DEFAULT : restart;
    limits = limits == null ? LimitsSpec.DEFAULT : limits;
    suspend = suspend != null && suspend;
    retainDriver = retainDriver == null ? RetainDriver.Always : retainDriver;
    updateStrategy = updateStrategy == null ? UpdateStrategy.Refuse : updateStrategy;
    launcher = launcher == null ? Launcher.InImage : launcher;
  }

  /** Whether its driver is a Spark Connect server. */
  public boolean servesConnect() {
    return main != null && main.connect() != null;
  }

  /** Whether its program is a Python file. */
  public boolean inPython() {
    return main != null && main.python() != null;
  }

  /** Whether processes of Python or R run beside each executor, as far as the operator can know. */
  public boolean besideTheJvm() {
    return main != null && main.besideTheJvm();
  }
}
