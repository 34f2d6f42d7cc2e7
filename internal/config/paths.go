package config

import (
	"path/filepath"
	"runtime"
	"strings"
)

// Paths is where files of ours lie for this user. A path is empty if the
// environment does not tell; see [Paths.Err].
type Paths struct{ ConfigFile, DataDir, StateDir string }

// Err says which environment variable is missing if a path is empty, and is
// nil otherwise. It is for those who need a path.
func (p Paths) Err() error {
	if p.ConfigFile != "" && p.DataDir != "" && p.StateDir != "" {
		return nil
	}
	return missingHome(runtime.GOOS)
}

func missingHome(goos string) error {
	home := "HOME"
	if goos == "windows" {
		home = "LOCALAPPDATA"
	}
	return say("the environment variable %s is not set, so there is no folder for your files", home).
		withHint("set it, or name the files with SLUSS_DB and SLUSS_CONFIG")
}

// findPaths follows the XDG base directories, and without them the custom of
// the system, as github.com/adrg/xdg does.
func findPaths(goos string, getenv func(string) string) Paths {
	home := homeOf(goos, getenv)
	folder := func(variable string, custom ...string) string {
		dir := expandHome(getenv(variable), home)
		if !filepath.IsAbs(dir) {
			dir = below(home, custom...)
		}
		return below(dir, "sluss")
	}
	config, data, state := []string{".config"}, []string{".local", "share"}, []string{".local", "state"}
	switch goos {
	case "darwin":
		support := []string{"Library", "Application Support"}
		config, data, state = support, support, support
	case "windows":
		local := []string{"AppData", "Local"}
		config, data, state = local, local, local
		if dir := getenv("LOCALAPPDATA"); dir != "" {
			home, config, data, state = dir, nil, nil, nil
		}
	}
	p := Paths{
		ConfigFile: below(folder("XDG_CONFIG_HOME", config...), "config.yaml"),
		DataDir:    folder("XDG_DATA_HOME", data...),
		StateDir:   folder("XDG_STATE_HOME", state...),
	}
	if file := getenv("SLUSS_CONFIG"); file != "" {
		p.ConfigFile = expandHome(file, homeOf(goos, getenv))
	}
	return p
}

func homeOf(goos string, getenv func(string) string) string {
	if goos == "windows" {
		return getenv("USERPROFILE")
	}
	return getenv("HOME")
}

// below is a path below dir, or nothing if dir is unknown.
func below(dir string, names ...string) string {
	if dir == "" {
		return ""
	}
	return filepath.Join(append([]string{dir}, names...)...)
}

// expandHome puts the home folder for a leading ~.
func expandHome(path, home string) string {
	rest, ok := strings.CutPrefix(path, "~")
	if !ok || home == "" || rest != "" && rest[0] != '/' && rest[0] != filepath.Separator {
		return path
	}
	return filepath.Join(home, rest)
}
