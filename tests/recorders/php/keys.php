<?php
// The default chain asks for keys in the environment first, and they would hide a role of the profile. This makes that step
// find nothing and leaves all else as it is: a profile with credential_source = Environment still finds them.
// A function of this name in the SDK's namespace comes before PHP's own.

namespace Aws\Credentials;

function getenv($name = null, $local_only = false)
{
    if ($name === null) {
        return \getenv();
    }
    // aws/aws-sdk-php src/Credentials/CredentialProvider.php: where credential_source is followed.
    $callers = array_column(debug_backtrace(DEBUG_BACKTRACE_IGNORE_ARGS), 'function');
    if ($name === 'AWS_ACCESS_KEY_ID' && !in_array('getCredentialsFromSource', $callers, true)) {
        return false;
    }
    return \getenv($name, $local_only);
}
