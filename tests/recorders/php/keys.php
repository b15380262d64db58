<?php
// The default chain asks for keys in the environment first, and they would hide a role of the profile. This makes that first
// step find nothing and leaves all else as it is: a profile with credential_source = Environment still finds them.
// A function of this name in the SDK's namespace comes before PHP's own.

namespace Aws\Credentials;

function getenv($name = null, $local_only = false)
{
    static $asked = false;
    if ($name === 'AWS_ACCESS_KEY_ID' && !$asked) {
        $asked = true;
        return false;
    }
    return $name === null ? \getenv() : \getenv($name, $local_only);
}
