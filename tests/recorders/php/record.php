<?php
// Reads one scenario (a JSON line) and prints what the AWS SDK for PHP would have sent, or the error it threw.
// The environment and the profile files are already those of the scenario. Usage: php record.php AUTOLOAD_FILE

use Psr\Http\Message\RequestInterface;

// The options of a client by their names in a scenario.
const OPTIONS = [
    'region' => 'region',
    'endpoint' => 'endpoint',
    'sts_regional_endpoints' => 'sts_regional_endpoints',
    'use_fips' => 'use_fips_endpoint',
    'use_dualstack' => 'use_dual_stack_endpoint',
];

// Arguments that each operation requires.
const ROLE = ['RoleArn' => 'arn:aws:iam::123456789012:role/demo'];
const ARGUMENTS = [
    'AssumeRole' => ROLE + ['RoleSessionName' => 'demo'],
    'AssumeRoleWithSAML' => ROLE + ['PrincipalArn' => 'arn:aws:iam::123456789012:saml-provider/demo', 'SAMLAssertion' => 'c2FtbA=='],
    'AssumeRoleWithWebIdentity' => ROLE + ['RoleSessionName' => 'demo', 'WebIdentityToken' => 'token'],
    'DecodeAuthorizationMessage' => ['EncodedMessage' => 'message'],
    'GetAccessKeyInfo' => ['AccessKeyId' => 'AKIDEXAMPLEEXAMPLE'],
    'GetCallerIdentity' => [],
    'GetFederationToken' => ['Name' => 'demo'],
    'GetSessionToken' => [],
];

// What a client calls for its credentials' sake. A provider of credentials never calls it.
const OF_THE_CLIENT = 'GetCallerIdentity';

/** An option, an operation or an entry that the release does not have. */
final class NotApplicable extends Exception
{
}

function tell(array $outcome): void
{
    echo json_encode($outcome, JSON_UNESCAPED_SLASHES | JSON_INVALID_UTF8_SUBSTITUTE | JSON_THROW_ON_ERROR), "\n";
    exit(0);
}

function fail(string $why): void
{
    fwrite(STDERR, "$why\n");
    exit(1);
}

function sent(RequestInterface $request): array
{
    $authorization = $request->getHeaderLine('Authorization');
    // Without a path, Guzzle asks for / (psr7 Request::getRequestTarget).
    $uri = $request->getUri()->withQuery('')->withFragment('');
    $uri = $uri->getPath() === '' ? $uri->withPath('/') : $uri;
    $signed = preg_match('~Credential=[^/,]*/[^/]*/([^/]*)/~', $authorization, $scope);
    return [
        'kind' => 'request',
        'url' => (string) $uri,
        'signing_region' => $signed ? $scope[1] : null,
    ];
}

function client_options(array $scenario): array
{
    $known = Aws\Sts\StsClient::getArguments();
    $options = ['version' => '2011-06-15', 'retries' => 0];
    foreach (OPTIONS as $name => $option) {
        $value = $scenario['code'][$name] ?? null;
        if ($value === null) {
            continue;
        }
        // The setting is no argument of the client's list: its constructor reads it (Aws\Sts\StsClient).
        $is_known = isset($known[$option])
            || $option === 'sts_regional_endpoints' && class_exists(Aws\Sts\RegionalEndpoints\ConfigurationProvider::class);
        if (!$is_known) {
            throw new NotApplicable("no such option in code: $option");
        }
        $options[$option] = $value;
    }
    return $options;
}

function perform(array $scenario): void
{
    $client = $scenario['entry'] === 'client';
    if ($client && ($scenario['presign'] ?? false)) {
        throw new NotApplicable('no presigner: the caller signs, for a region that the caller names');
    }
    $options = client_options($scenario);
    if ($scenario['alone'] ?? false) {
        (Aws\Credentials\CredentialProvider::defaultProvider())()->wait();
        fail('the chain ended without a request and without an error');
    }
    $sts = new Aws\Sts\StsClient($options);
    $operation = $client ? $scenario['operation'] : OF_THE_CLIENT;
    if (!$sts->getApi()->hasOperation($operation)) {
        throw new NotApplicable("no such operation: $operation");
    }
    $sts->execute($sts->getCommand($operation, ARGUMENTS[$operation]));
    fail('the call ended without a request and without an error');
}

function category(Throwable $error): string
{
    $type = get_class($error);
    $message = $error->getMessage();
    $says = function (string $words) use ($message): bool {
        return strpos($message, $words) !== false;
    };
    switch (true) {
        case $says('Missing required client configuration options') && $says('region: (string)'):
            return 'missing-region';
        case $type === 'Aws\Exception\InvalidRegionException':
            return 'invalid-region';
        case $says("must either be 'legacy' or 'regional'"):
        case $says('config option must be a boolean value'):
            return 'invalid-setting';
        case $says('not supported in ISO regions'):
        case $type === 'Aws\Exception\UnresolvedEndpointException':
            return 'unsupported-variant';
        case $says('Endpoints must be full URIs'):
        case $type === 'Aws\Sts\Exception\StsException' && $says('AWS HTTP error'):
            return 'invalid-endpoint';
        case $type === 'Aws\Exception\CredentialsException':
            return 'missing-credentials';
        default:
            return 'other';
    }
}

$scenario = json_decode(stream_get_contents(STDIN), true);
is_array($scenario) or fail('no scenario on standard input');
require $argv[1];
require __DIR__ . '/handler.php';
if ($scenario['entry'] === 'profile-assume-role') {
    require __DIR__ . '/keys.php';
}
Aws\default_http_handler() instanceof CapturingHandler
    or fail('the SDK has another HTTP handler: ' . get_class(Aws\default_http_handler()));

Capture::$found = function (RequestInterface $request) use ($scenario): void {
    parse_str((string) $request->getBody(), $body);
    if ($scenario['entry'] !== 'client' && ($body['Action'] ?? '') === OF_THE_CLIENT) {
        fail('the chain found other credentials');
    }
    tell(sent($request));
};
try {
    perform($scenario);
} catch (NotApplicable $error) {
    tell(['kind' => 'not-applicable', 'why' => $error->getMessage()]);
} catch (Throwable $error) {
    tell(['kind' => 'error', 'category' => category($error), 'type' => get_class($error), 'message' => $error->getMessage()]);
}
