"""What botocore takes for an endpoint: a name and nanoseconds of processor time a line, the median of many rounds."""

import statistics
import time

import botocore
import botocore.session
from botocore.endpoint_provider import EndpointProvider


def nanoseconds(call, rounds, times):
    def one_round():
        start = time.process_time_ns()
        for _ in range(times):
            call()
        return (time.process_time_ns() - start) / times

    return statistics.median(one_round() for _ in range(rounds))


def main():
    session = botocore.session.Session()
    session.set_credentials("AKIDEXAMPLE", "none")
    loader = session.get_component("data_loader")
    rules = loader.load_service_model("sts", "endpoint-rule-set-1")
    partitions = loader.load_data("partitions")
    provider = EndpointProvider(rules, partitions)

    def parameters(region):
        return dict(Region=region, UseDualStack=False, UseFIPS=False, UseGlobalEndpoint=False)

    west = parameters("us-west-2")
    version = botocore.__version__
    rows = {
        "endpoint rules alone, same parameters again": lambda: provider.resolve_endpoint(**west),
        # the method behind the cache
        "endpoint rules alone, cache passed by": lambda: provider.ruleset.evaluate(dict(west)),
    }
    for name, call in rows.items():
        print(f"botocore {version}, {name}\t{nanoseconds(call, 31, 500)}")
    client = lambda: session.create_client("sts", region_name="us-west-2")
    client()
    print(f"botocore {version}, `create_client('sts')` of a session in use\t{nanoseconds(client, 15, 2)}")


main()
