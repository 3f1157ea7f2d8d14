package main

import (
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
)

// ownAddress is that of the default route's interface or, without such a route, the first one there is.
func ownAddress() (string, error) {
	// Connecting by UDP looks up the route and sends nothing; the address is one that documentation uses.
	if c, err := net.Dial("udp4", "192.0.2.1:9"); err == nil {
		defer c.Close()
		return c.LocalAddr().(*net.UDPAddr).IP.String(), nil
	}
	addresses, err := net.InterfaceAddrs()
	if err != nil {
		return "", err
	}
	for _, address := range addresses {
		if n, ok := address.(*net.IPNet); ok && n.IP.To4() != nil && !n.IP.IsLoopback() {
			return n.IP.String(), nil
		}
	}
	return "", errors.New("no IPv4 address besides loopback: use --node-ip")
}

// writeCNI configures the pods' network: on one node a bridge does.
func (s *server) writeCNI() error {
	conf := fmt.Sprintf(`{
  "name": "cbr0", "cniVersion": "1.0.0",
  "plugins": [
    {"type": "bridge", "bridge": "cni0", "isGateway": true, "isDefaultGateway": true, "ipMasq": true, "hairpinMode": true,
     "mtu": %d, "ipam": {"type": "host-local", "ranges": [[{"subnet": %q}]]}},
    {"type": "portmap", "capabilities": {"portMappings": true}}
  ]
}
`, smallestMTU(), podCIDR)
	return os.WriteFile(s.path("agent/etc/cni/net.d/10-bridge.conflist"), []byte(conf), 0o644)
}

func smallestMTU() int {
	mtu := 1500
	interfaces, err := net.Interfaces()
	if err != nil {
		return mtu
	}
	for _, i := range interfaces {
		if i.Flags&net.FlagLoopback == 0 && i.Flags&net.FlagUp != 0 && i.MTU > 500 {
			mtu = min(mtu, i.MTU)
		}
	}
	return mtu
}

// resolvConf is the file for pods that do not use the cluster's DNS, and whether the container itself has a name server.
// Docker's own (127.0.0.11) can not be reached from pods: they go through CoreDNS.
func (s *server) resolvConf() (string, bool, error) {
	content, err := os.ReadFile("/etc/resolv.conf")
	if errors.Is(err, os.ErrNotExist) {
		return "", false, nil
	} else if err != nil {
		return "", false, err
	}
	some, loopback := false, false
	for line := range strings.Lines(string(content)) {
		if words := strings.Fields(line); len(words) == 2 && words[0] == "nameserver" {
			ip := net.ParseIP(words[1])
			some = true
			loopback = loopback || ip.IsLoopback()
		}
	}
	if some && !loopback {
		return "/etc/resolv.conf", true, nil
	}
	own := s.path("agent/etc/resolv.conf")
	return own, some, os.WriteFile(own, []byte("nameserver "+s.nodeIP+"\n"), 0o644)
}
