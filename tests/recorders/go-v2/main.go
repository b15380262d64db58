// Recorder for github.com/aws/aws-sdk-go-v2: the modules config and service/sts. Options that a release may lack are set by
// reflection, so that one program serves all releases. Options in code are given to the client's constructor; a region with a
// provider entry is given to LoadDefaultConfig, since that is where the credential chain is built.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"reflect"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

const role = "arn:aws:iam::123456789012:role/demo"

// presigned is set by presign.go, where the release has a presigner.
var presigned func(context.Context, *sts.Client) (string, error)

// variant sets an option of EndpointOptions: an integer type of the SDK's, 1 enabled, 2 disabled.
func variant(options *sts.Options, name string, on *bool) {
	if on == nil {
		return
	}
	field := reflect.ValueOf(&options.EndpointOptions).Elem().FieldByName(name)
	if !field.IsValid() {
		tellNotApplicable("no such option in code (" + name + ")")
	}
	field.SetUint(2)
	if *on {
		field.SetUint(1)
	}
}

func main() {
	scenario := readScenario()
	code := scenario.Code
	if code.Setting != nil {
		tellNotApplicable("no such option in code (sts_regional_endpoints)")
	}
	if scenario.Construction != "" {
		tellNotApplicable("no such way to build a client")
	}
	inCode := func(options *sts.Options) {
		variant(options, "UseDualStackEndpoint", code.Dual)
		variant(options, "UseFIPSEndpoint", code.FIPS)
		if code.Region != nil {
			options.Region = *code.Region
		}
		if code.Endpoint == nil {
			return
		}
		if field := reflect.ValueOf(options).Elem().FieldByName("BaseEndpoint"); field.IsValid() {
			field.Set(reflect.ValueOf(code.Endpoint))
		} else {
			options.EndpointResolver = sts.EndpointResolverFromURL(*code.Endpoint)
		}
	}
	// Whether the options exist, before anything else can fail.
	inCode(&sts.Options{})

	ctx := context.Background()
	options := []func(*config.LoadOptions) error{
		config.WithHTTPClient(catchAll()),
		config.WithRetryer(func() aws.Retryer { return aws.NopRetryer{} }),
	}
	isClient := scenario.Entry == "client"
	if !isClient && code.Region != nil {
		options = append(options, config.WithRegion(*code.Region))
	}
	if scenario.Entry == "profile-assume-role" && !scenario.NoStatic {
		// The environment's keys would win over the profile.
		options = append(options, config.WithSharedConfigProfile(os.Getenv("AWS_PROFILE")))
	}
	loaded, err := config.LoadDefaultConfig(ctx, options...)
	if err != nil {
		fail(err)
	}
	client := sts.NewFromConfig(loaded, inCode)
	if !isClient {
		_, err = loaded.Credentials.Retrieve(ctx)
	} else if scenario.Presign {
		if presigned == nil {
			tellNotApplicable("no presigner for this operation")
		}
		var signed string
		if signed, err = presigned(ctx, client); err == nil {
			tellPresigned(signed)
		}
	} else {
		err = call(ctx, client, scenario.Operation)
	}
	if err != nil {
		fail(err)
	}
	tellError("other", "none", "no STS request was made and no error was returned")
}

func call(ctx context.Context, client *sts.Client, operation string) error {
	method := reflect.ValueOf(client).MethodByName(operation)
	if !method.IsValid() {
		tellNotApplicable("no such operation")
	}
	input := reflect.New(method.Type().In(1).Elem())
	for name, text := range map[string]string{
		"RoleArn": role, "RoleSessionName": "demo", "WebIdentityToken": "dummy", "SAMLAssertion": "ZHVtbXk=",
		"PrincipalArn": "arn:aws:iam::123456789012:saml-provider/p", "EncodedMessage": "x", "AccessKeyId": "AKIAIOSFODNN7EXAMPLE",
	} {
		if field := input.Elem().FieldByName(name); field.IsValid() {
			field.Set(reflect.ValueOf(aws.String(text)))
		}
	}
	if operation == "GetFederationToken" {
		input.Elem().FieldByName("Name").Set(reflect.ValueOf(aws.String("bob")))
	}
	err, _ := method.Call([]reflect.Value{reflect.ValueOf(ctx), input})[1].Interface().(error)
	return err
}

// fail tells of an error: its type is the innermost one that is more than a wrapper or a text.
func fail(err error) {
	name := "*errors.errorString"
	for inner := err; inner != nil; inner = errors.Unwrap(inner) {
		switch of := fmt.Sprintf("%T", inner); of {
		case "*fmt.wrapError", "*fmt.wrapErrors", "*errors.errorString", "*errors.joinError":
		default:
			name = of
		}
	}
	message := err.Error()
	has := func(texts ...string) bool {
		for _, text := range texts {
			if strings.Contains(message, text) {
				return true
			}
		}
		return false
	}
	category := "other"
	switch {
	case has("Missing Region", "AWS region is required"):
		category = "missing-region"
	case has("invalid input region"):
		category = "invalid-region"
	case has("not supported", "does not support", "do not support", "unable to resolve endpoint for region"):
		category = "unsupported-variant"
	case name == "config.SharedConfigProfileNotExistError":
		category = "profile-not-found"
	case name == "*ini.ParseError":
		category = "config-parse"
	case has("invalid value for environment variable", "AWS_DEFAULTS_MODE value", "load defaults_mode"):
		category = "invalid-setting"
	case strings.HasPrefix(name, "url."), name == "*url.Error", has("Failed to parse uri", "failed to parse endpoint URL"):
		category = "invalid-endpoint"
	case name == "config.SharedConfigAssumeRoleError", has("get identity: ", "failed to refresh cached credentials", "failed to retrieve credentials"):
		category = "missing-credentials"
	}
	tellError(category, name, message)
}
