// Command k3s has the command line that Testcontainers' K3sContainer expects of an image, and runs a Kubernetes of one
// node. It is not Rancher's k3s: it holds Kubernetes' own components, containerd, etcd and CoreDNS, from their Go modules,
// and runs each of them as a process of its own.
package main

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	_ "time/tzdata" // As upstream's own main: the image has no time zone database, and schedules have time zones.

	containerdcmd "github.com/containerd/containerd/v2/cmd/containerd/command"
	ctrapp "github.com/containerd/containerd/v2/cmd/ctr/app"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/spf13/cobra"
	"k8s.io/component-base/cli"
	kubectlcmd "k8s.io/kubectl/pkg/cmd"
	kubectlutil "k8s.io/kubectl/pkg/cmd/util"
	apiapp "k8s.io/kubernetes/cmd/kube-apiserver/app"
	kcmapp "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	proxyapp "k8s.io/kubernetes/cmd/kube-proxy/app"
	schedapp "k8s.io/kubernetes/cmd/kube-scheduler/app"
	kubeletapp "k8s.io/kubernetes/cmd/kubelet/app"

	_ "github.com/containerd/containerd/v2/cmd/containerd/builtins"
	_ "k8s.io/component-base/logs/json/register"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/version"
)

// version is set by the linker.
var version = "v0.0.0"

const (
	containerdSocket = "/run/k3s/containerd/containerd.sock"
	adminKubeconfig  = "/etc/rancher/k3s/k3s.yaml"
)

// command takes the arguments after its name and returns the exit code.
type command func(args []string) int

func commands() map[string]command {
	return map[string]command{
		"server":                  serverMain,
		"etcd":                    etcdMain,
		"coredns":                 corednsMain,
		"kube-apiserver":          component(apiapp.NewAPIServerCommand),
		"kube-controller-manager": component(kcmapp.NewControllerManagerCommand),
		"kube-scheduler":          component(func() *cobra.Command { return schedapp.NewSchedulerCommand() }),
		"kube-proxy":              component(proxyapp.NewProxyCommand),
		"kubelet":                 component(func() *cobra.Command { return kubeletapp.NewKubeletCommand(context.Background()) }),
		"kubectl":                 kubectlMain,
		"containerd":              containerdMain,
		"ctr":                     ctrMain,
	}
}

func main() {
	known := commands()
	if run, ok := known[filepath.Base(os.Args[0])]; ok { // through a link of that name
		os.Exit(run(os.Args[1:]))
	}
	name := ""
	if len(os.Args) > 1 {
		name = os.Args[1]
	}
	if name == "--version" || name == "-v" {
		fmt.Printf("k3s version %s (Kubernetes' own components, not Rancher's k3s)\n", version)
		return
	}
	run, ok := known[name]
	if !ok {
		fmt.Fprintf(os.Stderr, "usage: k3s %s [flags]\n", strings.Join(slices.Sorted(maps.Keys(known)), "|"))
		os.Exit(2)
	}
	// Components look at their own name there.
	os.Args = os.Args[1:]
	os.Exit(run(os.Args[1:]))
}

func component(create func() *cobra.Command) command {
	return func(args []string) int {
		cmd := create()
		cmd.SetArgs(args)
		return cli.Run(cmd)
	}
}

func kubectlMain(args []string) int {
	if _, err := os.Stat(adminKubeconfig); err == nil {
		setDefaultEnv("KUBECONFIG", adminKubeconfig)
	}
	os.Args = append([]string{"kubectl"}, args...)
	if err := cli.RunNoErrOutput(kubectlcmd.NewDefaultKubectlCommand()); err != nil {
		kubectlutil.CheckErr(err)
	}
	return 0
}

func containerdMain(args []string) int {
	// etcd's packages have registered gRPC metrics of the same names by now, and a second registration panics.
	prometheus.DefaultRegisterer = prometheus.NewRegistry()
	return ended("containerd", containerdcmd.App().Run(append([]string{"containerd"}, args...)))
}

func ctrMain(args []string) int {
	setDefaultEnv("CONTAINERD_ADDRESS", containerdSocket)
	setDefaultEnv("CONTAINERD_NAMESPACE", imageNamespace)
	return ended("ctr", ctrapp.New().Run(append([]string{"ctr"}, args...)))
}

func ended(name string, err error) int {
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s: %s\n", name, err)
		return 1
	}
	return 0
}

func setDefaultEnv(name, value string) {
	if os.Getenv(name) == "" {
		os.Setenv(name, value)
	}
}
