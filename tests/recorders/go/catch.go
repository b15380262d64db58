package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
)

// Scenario is what the runner needs of a scenario; the environment is there already.
type Scenario struct {
	Entry        string
	Operation    string
	Construction string
	NoStatic     bool `json:"no_static"`
	Presign      bool
	Code         struct {
		Region   *string
		Endpoint *string
		Setting  *string `json:"sts_regional_endpoints"`
		FIPS     *bool   `json:"use_fips"`
		Dual     *bool   `json:"use_dualstack"`
	}
}

func readScenario() Scenario {
	var scenario Scenario
	if err := json.NewDecoder(os.Stdin).Decode(&scenario); err != nil {
		give("no scenario on standard input: " + err.Error())
	}
	return scenario
}

// outcomes is the standard output; what SDKs log there goes to standard error.
var outcomes = os.Stdout

func init() {
	os.Stdout = os.Stderr
}

// give ends the run without an outcome: the recorder itself has failed.
func give(up string) {
	fmt.Fprintln(os.Stderr, up)
	os.Exit(1)
}

// tell prints the outcome and ends the run.
func tell(outcome map[string]interface{}) {
	encoder := json.NewEncoder(outcomes)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(outcome); err != nil {
		give(err.Error())
	}
	os.Exit(0)
}

func tellNotApplicable(why string) {
	tell(map[string]interface{}{"kind": "not-applicable", "why": why})
}

func tellError(category, name, message string) {
	tell(map[string]interface{}{"kind": "error", "category": category, "type": name, "message": message})
}

func tellRequest(address string, credential string) {
	outcome := map[string]interface{}{"kind": "request", "url": address, "signing_region": nil}
	// AKID/date/region/service/aws4_request; a region may be empty.
	if scope := strings.Split(credential, "/"); len(scope) >= 5 {
		outcome["signing_region"] = strings.Join(scope[2:len(scope)-2], "/")
	}
	tell(outcome)
}

// tellPresigned takes the host of a presigned URL, and the region of its X-Amz-Credential.
func tellPresigned(signed string) {
	address, query, _ := strings.Cut(signed, "?")
	values, err := url.ParseQuery(query)
	if err != nil {
		give(err.Error())
	}
	if scheme, rest, ok := strings.Cut(address, "://"); ok && !strings.Contains(rest, "/") {
		address = scheme + "://" + rest + "/"
	}
	tellRequest(address, values.Get("X-Amz-Credential"))
}

var credential = regexp.MustCompile(`Credential=([^,]*)`)

// metadataService is the address of the fake instance metadata service, if the scenario has one.
var metadataService = strings.TrimPrefix(os.Getenv("STS_RECORDER_IMDS"), "http://")

// dial connects to nobody but the fake metadata service. What goes to a host that is not link-local ends in a pipe, where the
// request is read as it would have been sent: TLS is left out.
func dial(ctx context.Context, address, scheme string) (net.Conn, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	metadata := host == "169.254.169.254" || host == "fd00:ec2::254"
	if metadataService != "" && (metadata || address == metadataService) {
		return new(net.Dialer).DialContext(ctx, "tcp", metadataService)
	}
	if metadata || host == "169.254.170.2" || host == "169.254.170.23" {
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: fmt.Errorf("no metadata service")}
	}
	client, server := net.Pipe()
	go read(server, scheme)
	return client, nil
}

func read(connection net.Conn, scheme string) {
	request, err := http.ReadRequest(bufio.NewReader(connection))
	if err != nil {
		give("unreadable request: " + err.Error())
	}
	if _, err := io.Copy(io.Discard, request.Body); err != nil {
		give("unreadable body: " + err.Error())
	}
	path, _, _ := strings.Cut(request.RequestURI, "?")
	found := credential.FindStringSubmatch(request.Header.Get("Authorization"))
	tellRequest(scheme+"://"+request.Host+path, strings.Join(found[min(len(found), 1):], ""))
}

// catchAll makes every HTTP client of this process use dial.
func catchAll() *http.Client {
	transport := http.DefaultTransport.(*http.Transport)
	transport.Proxy = nil
	transport.DialContext = func(ctx context.Context, _, address string) (net.Conn, error) {
		return dial(ctx, address, "http")
	}
	transport.DialTLSContext = func(ctx context.Context, _, address string) (net.Conn, error) {
		return dial(ctx, address, "https")
	}
	net.DefaultResolver = &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		return nil, fmt.Errorf("no name is looked up")
	}}
	return &http.Client{Transport: transport}
}
