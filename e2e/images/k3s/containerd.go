package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

const containerdConfig = `version = 3
root = %q
state = "/run/k3s/containerd"
oom_score = %d

[grpc]
  address = %q

[plugins."io.containerd.internal.v1.opt"]
  path = %q

[plugins."io.containerd.cri.v1.images"]
  snapshotter = %q
  disable_snapshot_annotations = true
  [plugins."io.containerd.cri.v1.images".pinned_images]
    sandbox = %q

[plugins."io.containerd.cri.v1.runtime"]
  enable_unprivileged_ports = true
  enable_unprivileged_icmp = true
  restrict_oom_score_adj = %t
  [plugins."io.containerd.cri.v1.runtime".containerd]
    default_runtime_name = "runc"
    [plugins."io.containerd.cri.v1.runtime".containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"
      [plugins."io.containerd.cri.v1.runtime".containerd.runtimes.runc.options]
        SystemdCgroup = false
  [plugins."io.containerd.cri.v1.runtime".cni]
    bin_dirs = ["/opt/cni/bin"]
    conf_dir = %q
    use_internal_loopback = true
`

func (s *server) startContainerd() error {
	oomScore, restrict := -999, false
	if !mayLowerOOMScore() {
		warnf("no CAP_SYS_RESOURCE: negative oom_score_adj values are left out")
		oomScore, restrict = 0, true
	}
	config := fmt.Sprintf(containerdConfig, s.path("agent/containerd"), oomScore, containerdSocket,
		s.path("agent/containerd/opt"), snapshotter, pauseImage, restrict, s.path("agent/etc/cni/net.d"))
	name := s.path("agent/etc/containerd/config.toml")
	if err := os.WriteFile(name, []byte(config), 0o644); err != nil {
		return err
	}
	return s.start("containerd", "containerd", "-c", name)
}

// mayLowerOOMScore: without CAP_SYS_RESOURCE no process may get a lower oom_score_adj than its parent, and trying ends it.
func mayLowerOOMScore() bool {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return true
	}
	for line := range strings.Lines(string(status)) {
		if value, ok := strings.CutPrefix(line, "CapEff:"); ok {
			set, err := strconv.ParseUint(strings.TrimSpace(value), 16, 64)
			return err != nil || set>>unix.CAP_SYS_RESOURCE&1 == 1
		}
	}
	return true
}
