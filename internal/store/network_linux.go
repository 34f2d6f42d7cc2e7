package store

import "golang.org/x/sys/unix"

// networkDrive names the network file system that holds folder, or "".
// The numbers are the f_type values of statfs(2).
func networkDrive(folder string) string {
	var s unix.Statfs_t
	if unix.Statfs(folder, &s) != nil {
		return ""
	}
	switch uint32(s.Type) {
	case 0x6969:
		return "NFS"
	case 0xFF534D42, 0xFE534D42, 0x517B:
		return "SMB"
	case 0x5346414F:
		return "AFS"
	}
	return ""
}
