package io.sparkapp.local;

import java.util.List;

/** How it stands with the local cluster of a state directory. */
public sealed interface ClusterStatus {

  /** One sentence for the user. */
  String sentence();

  /** Ready to be used. */
  record Running(RunningCluster cluster) implements ClusterStatus {
    @Override
    public String sentence() {
      return "The local cluster is running at %s since %s."
          .formatted(cluster.endpoint(), cluster.started());
    }
  }

  /** Its process is alive, but the cluster isn't ready, or is about to end. */
  record Changing(long pid) implements ClusterStatus {
    @Override
    public String sentence() {
      return "The local cluster is starting or ending (process %d).".formatted(pid);
    }
  }

  /** Its process was killed; these of its processes are still there. */
  record LeftBehind(List<String> processes) implements ClusterStatus {
    @Override
    public String sentence() {
      return "The local cluster was killed and left %s running; sparkapp local down ends them, sparkapp local up starts it anew."
          .formatted(String.join(", ", processes));
    }
  }

  /** Nothing of it runs. */
  record Stopped() implements ClusterStatus {
    @Override
    public String sentence() {
      return "No local cluster is running; sparkapp local up starts one.";
    }
  }
}
