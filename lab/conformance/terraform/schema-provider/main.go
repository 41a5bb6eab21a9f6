// A Terraform provider that is nothing but a schema: it serves one of ../provider-schemas/, so that Terraform itself validates
// the modules, and `terraform test` runs them with mock_provider, where the real provider's binary cannot be had.
// Protocol: https://developer.hashicorp.com/terraform/plugin/terraform-plugin-protocol
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tfprotov5"
	"github.com/hashicorp/terraform-plugin-go/tfprotov5/tf5server"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// The shape of `terraform providers schema -json`, as far as the files use it.
type schemaFile struct {
	ProviderSchemas map[string]struct {
		Provider    definition            `json:"provider"`
		Resources   map[string]definition `json:"resource_schemas"`
		DataSources map[string]definition `json:"data_source_schemas"`
	} `json:"provider_schemas"`
}

type definition struct {
	Block block `json:"block"`
}

type block struct {
	Attributes map[string]struct {
		Type     json.RawMessage `json:"type"`
		Required bool            `json:"required"`
		Optional bool            `json:"optional"`
		Computed bool            `json:"computed"`
	} `json:"attributes"`
	BlockTypes map[string]struct {
		NestingMode string `json:"nesting_mode"`
		MinItems    int64  `json:"min_items"`
		MaxItems    int64  `json:"max_items"`
		Block       block  `json:"block"`
	} `json:"block_types"`
}

var nestingModes = map[string]tfprotov5.SchemaNestedBlockNestingMode{
	"single": tfprotov5.SchemaNestedBlockNestingModeSingle,
	"list":   tfprotov5.SchemaNestedBlockNestingModeList,
	"set":    tfprotov5.SchemaNestedBlockNestingModeSet,
	"map":    tfprotov5.SchemaNestedBlockNestingModeMap,
}

func main() {
	// terraform-provider-google → google
	name := strings.TrimPrefix(filepath.Base(os.Args[0]), "terraform-provider-")
	schema, address, err := load(filepath.Join(os.Getenv("PROVIDER_SCHEMAS"), name+".json"))
	if err != nil {
		log.Fatal(err)
	}
	err = tf5server.Serve(address, func() tfprotov5.ProviderServer { return provider{schema: schema} })
	if err != nil {
		log.Fatal(err)
	}
}

func load(path string) (*tfprotov5.GetProviderSchemaResponse, string, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, "", err
	}
	var file schemaFile
	if err := json.Unmarshal(content, &file); err != nil {
		return nil, "", fmt.Errorf("%s: %w", path, err)
	}
	for address, from := range file.ProviderSchemas {
		return &tfprotov5.GetProviderSchemaResponse{
			Provider:          from.Provider.schema(),
			ResourceSchemas:   schemas(from.Resources),
			DataSourceSchemas: readable(schemas(from.DataSources)),
		}, address, nil
	}
	return nil, "", fmt.Errorf("%s: no provider in it", path)
}

func schemas(definitions map[string]definition) map[string]*tfprotov5.Schema {
	result := make(map[string]*tfprotov5.Schema, len(definitions))
	for name, definition := range definitions {
		result[name] = definition.schema()
	}
	return result
}

// A data source has a value for everything once it is read, also for the arguments that were left out.
func readable(dataSources map[string]*tfprotov5.Schema) map[string]*tfprotov5.Schema {
	for _, schema := range dataSources {
		for _, attribute := range schema.Block.Attributes {
			attribute.Computed = !attribute.Required
		}
	}
	return dataSources
}

func (d definition) schema() *tfprotov5.Schema {
	return &tfprotov5.Schema{Block: d.Block.schema()}
}

func (b block) schema() *tfprotov5.SchemaBlock {
	result := &tfprotov5.SchemaBlock{}
	for name, attribute := range b.Attributes {
		typ, err := parseType(attribute.Type)
		if err != nil {
			log.Fatalf("%s: %v", name, err)
		}
		result.Attributes = append(result.Attributes, &tfprotov5.SchemaAttribute{
			Name: name, Type: typ, Required: attribute.Required, Optional: attribute.Optional, Computed: attribute.Computed,
		})
	}
	for name, nested := range b.BlockTypes {
		result.BlockTypes = append(result.BlockTypes, &tfprotov5.SchemaNestedBlock{
			TypeName: name, Nesting: nestingModes[nested.NestingMode], MinItems: nested.MinItems, MaxItems: nested.MaxItems, Block: nested.Block.schema(),
		})
	}
	return result
}

// parseType reads cty's JSON. Optional attributes of objects exist in variables' types alone: a provider's object has all of them.
func parseType(raw json.RawMessage) (tftypes.Type, error) {
	var primitive string
	if json.Unmarshal(raw, &primitive) == nil {
		switch primitive {
		case "string":
			return tftypes.String, nil
		case "number":
			return tftypes.Number, nil
		case "bool":
			return tftypes.Bool, nil
		case "dynamic":
			return tftypes.DynamicPseudoType, nil
		}
		return nil, fmt.Errorf("unknown type %q", primitive)
	}
	var parts []json.RawMessage
	if err := json.Unmarshal(raw, &parts); err != nil || len(parts) < 2 {
		return nil, fmt.Errorf("unknown type %s", raw)
	}
	var kind string
	if err := json.Unmarshal(parts[0], &kind); err != nil {
		return nil, err
	}
	if kind == "object" {
		return parseObject(parts[1])
	}
	element, err := parseType(parts[1])
	if err != nil {
		return nil, err
	}
	switch kind {
	case "list":
		return tftypes.List{ElementType: element}, nil
	case "set":
		return tftypes.Set{ElementType: element}, nil
	case "map":
		return tftypes.Map{ElementType: element}, nil
	}
	return nil, fmt.Errorf("unknown type %q", kind)
}

func parseObject(raw json.RawMessage) (tftypes.Type, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(raw, &fields); err != nil {
		return nil, err
	}
	types := make(map[string]tftypes.Type, len(fields))
	for name, field := range fields {
		typ, err := parseType(field)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		types[name] = typ
	}
	return tftypes.Object{AttributeTypes: types}, nil
}

// provider answers what Terraform asks before a plan. The rest is the embedded nil: with mock_provider nothing calls it.
type provider struct {
	tfprotov5.ProviderServer
	schema *tfprotov5.GetProviderSchemaResponse
}

func (p provider) GetMetadata(context.Context, *tfprotov5.GetMetadataRequest) (*tfprotov5.GetMetadataResponse, error) {
	return &tfprotov5.GetMetadataResponse{}, nil
}

func (p provider) GetProviderSchema(context.Context, *tfprotov5.GetProviderSchemaRequest) (*tfprotov5.GetProviderSchemaResponse, error) {
	return p.schema, nil
}

func (p provider) PrepareProviderConfig(_ context.Context, request *tfprotov5.PrepareProviderConfigRequest) (*tfprotov5.PrepareProviderConfigResponse, error) {
	return &tfprotov5.PrepareProviderConfigResponse{PreparedConfig: request.Config}, nil
}

func (p provider) ConfigureProvider(context.Context, *tfprotov5.ConfigureProviderRequest) (*tfprotov5.ConfigureProviderResponse, error) {
	return &tfprotov5.ConfigureProviderResponse{}, nil
}

func (p provider) ValidateResourceTypeConfig(context.Context, *tfprotov5.ValidateResourceTypeConfigRequest) (*tfprotov5.ValidateResourceTypeConfigResponse, error) {
	return &tfprotov5.ValidateResourceTypeConfigResponse{}, nil
}

func (p provider) ValidateDataSourceConfig(context.Context, *tfprotov5.ValidateDataSourceConfigRequest) (*tfprotov5.ValidateDataSourceConfigResponse, error) {
	return &tfprotov5.ValidateDataSourceConfigResponse{}, nil
}

func (p provider) StopProvider(context.Context, *tfprotov5.StopProviderRequest) (*tfprotov5.StopProviderResponse, error) {
	return &tfprotov5.StopProviderResponse{}, nil
}
