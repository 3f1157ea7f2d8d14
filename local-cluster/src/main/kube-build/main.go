// kube-build is kube-apiserver, etcd and kubectl in one binary; the name it is called by, or the first
// argument, says which. Everything in it is upstream code; this file only picks the entry point.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	_ "time/tzdata" // As upstream's own main: for the time zones of schedules, where the machine has no database.

	"github.com/spf13/cobra"
	"go.etcd.io/etcd/server/v3/etcdmain"
	"k8s.io/component-base/cli"
	kubectl "k8s.io/kubectl/pkg/cmd"
	kubectlutil "k8s.io/kubectl/pkg/cmd/util"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"

	_ "k8s.io/component-base/logs/json/register"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/version"
)

func main() {
	name := filepath.Base(os.Args[0])
	if !run(name) {
		if len(os.Args) < 2 {
			usage()
		}
		name = os.Args[1]
		os.Args = append([]string{name}, os.Args[2:]...)
		if !run(name) {
			usage()
		}
	}
}

// run starts the named component and does not return when the name is known.
func run(name string) bool {
	switch name {
	case "kube-apiserver":
		os.Exit(execute(apiserver.NewAPIServerCommand()))
	case "etcd":
		etcdmain.Main(os.Args)
		os.Exit(0)
	case "kubectl":
		if err := cli.RunNoErrOutput(kubectl.NewDefaultKubectlCommand()); err != nil {
			kubectlutil.CheckErr(err)
		}
		os.Exit(0)
	}
	return false
}

func execute(command *cobra.Command) int {
	command.SetArgs(os.Args[1:])
	return cli.Run(command)
}

func usage() {
	fmt.Fprintln(os.Stderr, "usage: kube-build kube-apiserver|etcd|kubectl [flags]")
	os.Exit(2)
}
