// Reads a JSON list of YAML texts and writes the list of what Kubernetes' own YAML reader makes of them.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"sigs.k8s.io/yaml"
)

func main() {
	var texts []string
	check(json.NewDecoder(os.Stdin).Decode(&texts))
	values := make([]json.RawMessage, len(texts))
	for i, text := range texts {
		value, err := yaml.YAMLToJSONStrict([]byte(text))
		if err != nil {
			err = fmt.Errorf("%w in %q", err, text)
		}
		check(err)
		values[i] = value
	}
	check(json.NewEncoder(os.Stdout).Encode(values))
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
