// Recorder for github.com/aws/aws-sdk-go. Options that a release may lack are set by reflection, so that one program serves all
// releases. Options in code are given to the client's constructor; a region with a provider entry is given to the session, since
// it is the session that resolves credentials.
package main

import (
	"fmt"
	"os"
	"reflect"
	"regexp"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go/aws"
	"github.com/aws/aws-sdk-go/aws/session"
	"github.com/aws/aws-sdk-go/service/sts"
)

const role = "arn:aws:iam::123456789012:role/demo"

// option is a field of aws.Config; its type is an integer of the SDK's.
func option(config *aws.Config, name string) reflect.Value {
	field := reflect.ValueOf(config).Elem().FieldByName(name)
	if !field.IsValid() {
		tellNotApplicable("no such option in code (" + name + ")")
	}
	return field
}

// options makes a configuration of a scenario's options in code.
func options(scenario Scenario) *aws.Config {
	config := &aws.Config{}
	code := scenario.Code
	if code.Setting != nil {
		value, ok := map[string]int64{"legacy": 1, "regional": 2}[*code.Setting]
		if !ok {
			give("no value of STSRegionalEndpoint is " + *code.Setting)
		}
		option(config, "STSRegionalEndpoint").SetInt(value)
	}
	state := func(on bool) uint64 {
		if on {
			return 1
		}
		return 2
	}
	if code.FIPS != nil {
		option(config, "UseFIPSEndpoint").SetUint(state(*code.FIPS))
	}
	if code.Dual != nil {
		field := reflect.ValueOf(config).Elem().FieldByName("UseDualStackEndpoint")
		if field.IsValid() {
			field.SetUint(state(*code.Dual))
		} else {
			// Before 1.42.0 there is an option that S3 alone heeds.
			config.UseDualStack = code.Dual
		}
	}
	config.Region = code.Region
	config.Endpoint = code.Endpoint
	return config
}

func main() {
	scenario := readScenario()
	config := options(scenario)
	forSession := &aws.Config{HTTPClient: catchAll(), MaxRetries: aws.Int(0)}
	isClient := scenario.Entry == "client"
	if scenario.Construction == "session" {
		forSession.MergeIn(config)
		config = &aws.Config{}
	} else if !isClient {
		forSession.Region = config.Region
	}
	var made *session.Session
	var err error
	switch scenario.Construction {
	case "new":
		made = session.New(forSession)
	case "", "session", "shared":
		options := session.Options{Config: *forSession}
		if scenario.Construction == "shared" {
			options.SharedConfigState = session.SharedConfigEnable
		}
		if scenario.Entry == "profile-assume-role" && !scenario.NoStatic {
			// The environment's keys would win over the profile.
			options.Profile = os.Getenv("AWS_PROFILE")
		}
		made, err = session.NewSessionWithOptions(options)
	default:
		tellNotApplicable("no such way to build a client")
	}
	if err != nil {
		fail(err, "")
	}
	client := sts.New(made, config)
	region := aws.StringValue(client.Config.Region)
	if !isClient {
		_, err = made.Config.Credentials.Get()
	} else if scenario.Presign {
		request, _ := client.GetCallerIdentityRequest(&sts.GetCallerIdentityInput{})
		var signed string
		if signed, err = request.Presign(15 * time.Minute); err == nil {
			tellPresigned(signed)
		}
	} else {
		err = call(client, scenario.Operation)
	}
	if err != nil {
		fail(err, region)
	}
	tellError("other", "none", "no STS request was made and no error was returned")
}

func call(client *sts.STS, operation string) error {
	method := reflect.ValueOf(client).MethodByName(operation)
	if !method.IsValid() {
		tellNotApplicable("no such operation")
	}
	input := reflect.New(method.Type().In(0).Elem())
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
	err, _ := method.Call([]reflect.Value{input})[1].Interface().(error)
	return err
}

var label = regexp.MustCompile(`^[[:alnum:]]([[:alnum:]\-]*[[:alnum:]])?$`)

// fail tells of an error: its type is the innermost code of the SDK's, or else the Go type.
func fail(err error, region string) {
	name := fmt.Sprintf("%T", err)
	for inner := err; inner != nil; {
		coded, ok := inner.(interface{ Code() string })
		if !ok {
			break
		}
		name = coded.Code()
		caused, _ := inner.(interface{ OrigErr() error })
		if caused == nil {
			break
		}
		inner = caused.OrigErr()
	}
	message := err.Error()
	category := "other"
	switch name {
	case "MissingRegion":
		category = "missing-region"
	case "MissingEndpoint":
		// The session's handler hides the cause: a region that is no label, or a variant that the partition does not have.
		category = "invalid-region"
		if region == "" || label.MatchString(region) {
			category = "unsupported-variant"
		}
	case "InvalidEndpointURL", "RequestError":
		category = "invalid-endpoint"
	case "INIParseError", "SharedConfigLoadError":
		category = "config-parse"
	case "NoCredentialProviders", "EmptyStaticCreds", "SharedConfigAssumeRoleError":
		category = "missing-credentials"
	case "SharedConfigProfileNotExistsError":
		category = "profile-not-found"
	case "*errors.errorString":
		switch {
		case strings.Contains(message, "invalid region identifier"):
			category = "invalid-region"
		case strings.Contains(message, "STSRegionalEndpoint"), strings.Contains(message, "invalid value for environment variable"):
			category = "invalid-setting"
		}
	}
	tellError(category, name, message)
}
