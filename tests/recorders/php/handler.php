<?php
// Takes the place of the SDK's HTTP handlers: nothing is sent.

use GuzzleHttp\Promise\RejectedPromise;
use Psr\Http\Message\RequestInterface;

/** Told of the first request to STS; does not return. */
final class Capture
{
    /** @var callable */
    public static $found;
}

/** The handler of every client, those inside credential providers and of instance metadata too. */
final class CapturingHandler
{
    public function __invoke(RequestInterface $request, array $options = [])
    {
        $uri = $request->getUri();
        $metadata = parse_url((string) getenv('STS_RECORDER_IMDS'));
        $is_metadata = $uri->getHost() === '169.254.169.254'
            || isset($metadata['port']) && $uri->getHost() === $metadata['host'] && $uri->getPort() === $metadata['port'];
        if ($is_metadata && !isset($metadata['port'])) {
            return $this->rejected(new RuntimeException('instance metadata is unreachable'), true);
        }
        if ($is_metadata) {
            $request = $request->withUri($uri->withScheme('http')->withHost($metadata['host'])->withPort($metadata['port']));
        } elseif ($uri->getScheme() !== '' && $uri->getHost() !== '') {
            (Capture::$found)($request);
        }
        // Metadata's stand-in, or an address without host, whose error is Guzzle's own. Bound to this machine.
        unset($options['http_stats_receiver']);
        $options['curl'] = [CURLOPT_INTERFACE => '127.0.0.1'] + ($options['curl'] ?? []);
        return (new GuzzleHttp\Client())->sendAsync($request, $options)->otherwise(function ($error) {
            return $this->rejected($error, $error instanceof GuzzleHttp\Exception\ConnectException);
        });
    }

    /** As Aws\Handler\GuzzleV6\GuzzleHandler rejects. */
    private function rejected($error, bool $connection): RejectedPromise
    {
        $response = method_exists($error, 'getResponse') ? $error->getResponse() : null;
        return new RejectedPromise(['exception' => $error, 'connection_error' => $connection, 'response' => $response]);
    }
}

// The names of the SDK's handlers: Guzzle 5, Guzzle 6 and 7, and (newest releases) whichever Guzzle.
foreach (['GuzzleV5', 'GuzzleV6', 'Guzzle'] as $namespace) {
    class_alias(CapturingHandler::class, "Aws\\Handler\\$namespace\\GuzzleHandler");
}
