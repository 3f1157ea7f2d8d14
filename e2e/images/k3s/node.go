package main

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"
	"sigs.k8s.io/yaml"
)

// prepareNode makes the container fit for pods.
func (s *server) prepareNode() error {
	for _, dir := range []string{"/run/k3s/containerd", "/var/lib/kubelet", "/var/lib/cni", "/var/log/pods", "/var/log/containers",
		s.path("agent/containerd"), s.path("agent/etc/containerd"), s.path("agent/etc/cni/net.d"),
		s.path("agent/pod-manifests"), s.path("agent/images")} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
	}
	if err := unix.Mount("", "/", "", unix.MS_SHARED|unix.MS_REC, ""); err != nil {
		return fmt.Errorf("making / a shared mount (is the container privileged?): %w", err)
	}
	for _, name := range []string{"net/ipv4/ip_forward", "net/ipv4/conf/all/forwarding", "net/bridge/bridge-nf-call-iptables"} {
		if err := os.WriteFile("/proc/sys/"+name, []byte("1"), 0o644); err != nil {
			warnf("sysctl %s: %v", name, err)
		}
	}
	if _, err := os.Stat("/dev/kmsg"); err != nil { // the kubelet wants to read it
		if err := os.Symlink("/dev/console", "/dev/kmsg"); err != nil {
			warnf("/dev/kmsg: %v", err)
		}
	}
	if err := writeMachineID("/etc/machine-id"); err != nil {
		return err
	}
	root, err := cgroupRoot()
	if err != nil {
		return err
	}
	s.cgroupRoot = root
	logf("node %s, address %s, cgroup root %s", s.nodeName, s.nodeIP, root)
	return s.writeCNI()
}

func writeMachineID(name string) error {
	if _, err := os.Stat(name); err == nil {
		return nil
	}
	id := make([]byte, 16)
	if _, err := rand.Read(id); err != nil {
		return err
	}
	return os.WriteFile(name, []byte(hex.EncodeToString(id)+"\n"), 0o444)
}

// startNode starts what runs pods and routes services.
func (s *server) startNode() error {
	config, err := s.kubeletConfig()
	if err != nil {
		return err
	}
	content, err := yaml.Marshal(config)
	if err != nil {
		return err
	}
	name := s.path("agent/etc/kubelet.yaml")
	if err := os.WriteFile(name, content, 0o644); err != nil {
		return err
	}
	kubelet := []string{"kubelet",
		"--config=" + name,
		"--hostname-override=" + s.nodeName,
		"--kubeconfig=" + s.kubeconfig("kubelet"),
		"--node-ip=" + s.nodeIP,
		"--node-labels=" + strings.Join(append([]string{"kubelite=true"}, s.nodeLabels...), ","),
		"--register-with-taints=" + strings.Join(s.nodeTaints, ","),
	}
	if err := s.start("kubelet", append(kubelet, extra(s.kubeletArgs)...)...); err != nil {
		return err
	}
	proxy := []string{"kube-proxy",
		"--cluster-cidr=" + clusterCIDR,
		// Those are the machine's, not the container's.
		"--conntrack-max-per-core=0", "--conntrack-tcp-timeout-close-wait=0s", "--conntrack-tcp-timeout-established=0s",
		"--healthz-bind-address=127.0.0.1",
		"--hostname-override=" + s.nodeName,
		"--kubeconfig=" + s.kubeconfig("kube-proxy"),
		"--metrics-bind-address=127.0.0.1",
		"--proxy-mode=iptables",
	}
	if !mayLowerOOMScore() {
		proxy = append(proxy, "--oom-score-adj=0")
	}
	return s.start("kube-proxy", append(proxy, extra(s.proxyArgs)...)...)
}

func (s *server) kubeletConfig() (object, error) {
	resolvConf, _, err := s.resolvConf()
	if err != nil {
		return nil, err
	}
	config := object{
		"apiVersion": "kubelet.config.k8s.io/v1beta1",
		"kind":       "KubeletConfiguration",
		"authentication": object{
			"anonymous": object{"enabled": false},
			"webhook":   object{"enabled": true},
			"x509":      object{"clientCAFile": filepath.Join(s.tls, "client-ca.crt")},
		},
		"authorization":            object{"mode": "Webhook"},
		"cgroupDriver":             "cgroupfs",
		"cgroupRoot":               s.cgroupRoot,
		"clusterDNS":               []string{clusterDNS},
		"clusterDomain":            clusterDomain,
		"containerRuntimeEndpoint": "unix://" + containerdSocket,
		// As k3s has it: a developer's disk is often rather full.
		"evictionHard":           object{"imagefs.available": "5%", "nodefs.available": "5%"},
		"evictionMinimumReclaim": object{"imagefs.available": "10%", "nodefs.available": "10%"},
		"failCgroupV1":           false,
		"failSwapOn":             false,
		"healthzBindAddress":     "127.0.0.1",
		// Imported images can not be pulled again: never collect them.
		"imageGCHighThresholdPercent": 100,
		"resolvConf":                  resolvConf,
		"serializeImagePulls":         false,
		"staticPodPath":               s.path("agent/pod-manifests"),
		"tlsCertFile":                 filepath.Join(s.tls, "serving-kubelet.crt"),
		"tlsPrivateKeyFile":           filepath.Join(s.tls, "serving-kubelet.key"),
	}
	if !mayLowerOOMScore() {
		config["oomScoreAdj"] = 0
		// The same capability is needed for a limit beyond the hard one.
		var limit unix.Rlimit
		if err := unix.Getrlimit(unix.RLIMIT_NOFILE, &limit); err == nil && limit.Max < 1000000 {
			config["maxOpenFiles"] = limit.Max
		}
	}
	return config, nil
}
