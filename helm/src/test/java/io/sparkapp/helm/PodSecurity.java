package io.sparkapp.helm;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Pod Security Standards, profile "restricted", of Kubernetes 1.34. */
final class PodSecurity {

  private static final Set<String> VOLUMES =
      Set.of(
          "configMap",
          "csi",
          "downwardAPI",
          "emptyDir",
          "ephemeral",
          "persistentVolumeClaim",
          "projected",
          "secret");
  private static final Set<String> SECCOMP = Set.of("RuntimeDefault", "Localhost");

  private final List<String> violations = new ArrayList<>();

  private PodSecurity() {}

  /** What Kubernetes would object to, one sentence each. */
  static List<String> violations(PodSpec pod) {
    PodSecurity check = new PodSecurity();
    check.pod(pod);
    Stream.concat(pod.getContainers().stream(), pod.getInitContainers().stream())
        .forEach(container -> check.container(pod, container));
    return check.violations;
  }

  private void pod(PodSpec pod) {
    forbid(Boolean.TRUE.equals(pod.getHostNetwork()), "hostNetwork");
    forbid(Boolean.TRUE.equals(pod.getHostPID()), "hostPID");
    forbid(Boolean.TRUE.equals(pod.getHostIPC()), "hostIPC");
    PodSecurityContext context = pod.getSecurityContext();
    forbid(context != null && !context.getSysctls().isEmpty(), "sysctls");
    pod.getVolumes().forEach(this::volume);
  }

  private void volume(Volume volume) {
    for (Iterator<String> fields = new ObjectMapper().valueToTree(volume).fieldNames();
        fields.hasNext(); ) {
      String field = fields.next();
      forbid(
          !field.equals("name") && !VOLUMES.contains(field),
          "volume " + volume.getName() + " of kind " + field);
    }
  }

  private void container(PodSpec pod, Container container) {
    SecurityContext own =
        container.getSecurityContext() == null
            ? new SecurityContext()
            : container.getSecurityContext();
    PodSecurityContext shared =
        pod.getSecurityContext() == null ? new PodSecurityContext() : pod.getSecurityContext();
    String name = container.getName() + ": ";
    forbid(Boolean.TRUE.equals(own.getPrivileged()), name + "privileged");
    forbid(
        !Boolean.FALSE.equals(own.getAllowPrivilegeEscalation()),
        name + "allowPrivilegeEscalation");
    forbid(
        own.getCapabilities() == null || !own.getCapabilities().getDrop().contains("ALL"),
        name + "capabilities are not dropped");
    forbid(
        own.getCapabilities() != null
            && !Set.of("NET_BIND_SERVICE").containsAll(own.getCapabilities().getAdd()),
        name + "capabilities are added");
    Boolean nonRoot =
        own.getRunAsNonRoot() == null ? shared.getRunAsNonRoot() : own.getRunAsNonRoot();
    forbid(!Boolean.TRUE.equals(nonRoot), name + "runAsNonRoot");
    Long user = own.getRunAsUser() == null ? shared.getRunAsUser() : own.getRunAsUser();
    forbid(user != null && user == 0, name + "runAsUser 0");
    var seccomp =
        own.getSeccompProfile() == null ? shared.getSeccompProfile() : own.getSeccompProfile();
    forbid(seccomp == null || !SECCOMP.contains(seccomp.getType()), name + "seccompProfile");
    forbid(own.getProcMount() != null, name + "procMount");
    forbid(
        container.getPorts().stream().anyMatch(port -> port.getHostPort() != null),
        name + "hostPort");
  }

  private void forbid(boolean violated, String what) {
    if (violated) {
      violations.add(what);
    }
  }
}
