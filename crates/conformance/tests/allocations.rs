//! A request is found without the heap: the allocator counts. Profile files are read before, which is what takes memory.

use sts_endpoint_conformance::ready;

#[test]
fn a_request_is_found_without_the_heap() {
    let (mut requests, mut allocating) = (0, Vec::new());
    for emulator in sts_endpoint::emulators() {
        let (policy, _) = emulator.at(emulator.newest()).unwrap();
        for (name, scenario) in ready::scenarios() {
            if scenario.config.is_some() {
                drop(policy.resolve(&scenario));
            }
            let counted = allocation_counter::measure(|| {
                requests += usize::from(policy.resolve(&scenario).resolution().is_some());
            });
            let failed = policy.resolve(&scenario).resolution().is_none();
            if !failed && counted.count_total > 0 {
                allocating.push(format!("{}: {name}: {}", policy.id(), counted.count_total));
            }
        }
    }
    assert!(allocating.is_empty(), "{allocating:#?}");
    assert!(requests > 70, "{requests} of 85 are requests");
}

#[test]
fn the_counter_counts() {
    assert_eq!(allocation_counter::measure(|| drop(Box::new(1))).count_total, 1);
}
