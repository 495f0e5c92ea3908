// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {Directory} from "./Directory.sol";
import {IBatchAnchor} from "./interfaces/IBatchAnchor.sol";
import {Codes} from "./test/Codes.t.sol";
import {Deployment} from "./test/Deployment.t.sol";
import {vm} from "./test/Vm.t.sol";
import {AllWork} from "./test/office/AllWork.t.sol";

/// @title Anybody tries anything, and succeeds exactly when the books say so
/// @dev A refusal is expected as much as a success, so no call of this contract ever reverts.
contract FreeOffice is AllWork {
    constructor(
        Directory directory,
        address[PEOPLE] memory people_,
        bytes18[6] memory agencies_,
        bytes21[9] memory types
    ) AllWork(directory, people_, agencies_, types) {}

    function _act(
        uint256 who,
        uint256 allowed,
        address target,
        bytes memory call
    ) internal override returns (bool happened) {
        actor = who % PEOPLE;
        vm.prank(people[actor]);
        // solhint-disable-next-line avoid-low-level-calls
        (happened, ) = target.call(call);
        _expect(happened == _isIn(actor, allowed));
        if (happened) acts++;
    }
}

/// @title Only what is lawful is done, by somebody who may, and no contract may refuse it
/// @dev A refusal reverts the call, which fails the run (failOnRevert). What nobody may do is left undone;
/// so that this is rare, what is asked for is chosen among what is lawful.
contract LawfulOffice is AllWork {
    constructor(
        Directory directory,
        address[PEOPLE] memory people_,
        bytes18[6] memory agencies_,
        bytes21[9] memory types
    ) AllWork(directory, people_, agencies_, types) {}

    function anchor(uint256 who, uint256 seed, uint40 size, uint8 suite) public override {
        super.anchor(who, seed, size, 1 + (suite % 2));
    }

    function anchorTwo(uint256 who, uint256 seed, uint256 otherSeed, uint40 size) public override {
        super.anchorTwo(who, seed, otherSeed == seed ? ~seed : otherSeed, size);
    }

    function setStatus(uint256 who, uint256 which, uint32 index, uint8 status) public override {
        if (anchored.length == 0) return;
        which %= anchored.length;
        index %= uint32(anchored[which].record.size);
        super.setStatus(who, which, index, _after(statusOf[which][index], status));
    }

    function setStatuses(
        uint256 who,
        uint256 which,
        uint32 first,
        uint32 gap,
        uint8 status
    ) public override {
        super.setStatuses(who, which, first % 50, gap, _after(0, status));
    }

    function setBatchStatus(uint256 who, uint256 which, uint8 status) public override {
        if (anchored.length == 0) return;
        which %= anchored.length;
        super.setBatchStatus(who, which, _after(batchStatusOf[which], status));
    }

    function _act(
        uint256 who,
        uint256 allowed,
        address target,
        bytes memory call
    ) internal override returns (bool happened) {
        if (allowed == 0) return false;
        actor = who % PEOPLE;
        while (!_isIn(actor, allowed)) actor = (actor + 1) % PEOPLE;
        vm.prank(people[actor]);
        Address.functionCall(target, call);
        acts++;
        return true;
    }

    /// @dev A batch whose root was never there.
    function _batch(
        uint256 seed,
        uint40 size
    ) internal view override returns (IBatchAnchor.Batch memory) {
        bytes32 root = keccak256(abi.encode(anchored.length, seed));
        return IBatchAnchor.Batch(root, 1 + (size % 200), bytes32(seed));
    }

    /// @dev A suspended certificate is not suspended again, but may be lifted.
    function _after(uint8 status, uint8 seed) private pure returns (uint8 next) {
        uint8[7] memory known = [1, 2, 3, 4, 5, 6, 15];
        next = known[seed % 7];
        if (status == 1 && next == 1) next = 0;
    }
}

/// @title What holds whatever happens, in whatever order
/// @dev The office compares after each act what the act touched, so that little is left to do here; what
/// an act must not have touched is compared once, at the end of a run.
abstract contract Invariants is Deployment {
    AllWork internal office;

    /// @dev Six agencies at every level, four of them with an operator; two people are not yet employed.
    function setUp() public override {
        super.setUp();
        _publish(TYPE);
        bytes18[6] memory agencies = _agencies();
        uint24[6] memory regions = [SANYA, GUANGDONG, HAIKOU, SANYA, JIYANG, GUANGDONG];
        for (uint256 i = 0; i < 6; i++) {
            _register(agencies[i], regions[i]);
            _entitle(agencies[i], TYPE);
            if (i < 4) _employ(agencies[i], _people()[i]);
        }
        office = _open(_people(), agencies, _types());
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(office);
    }

    /// @notice What is looked at once, at the end of each run.
    function afterInvariant() public virtual {
        office.compareAll();
        _assertNoSurprises();
    }

    function _open(
        address[14] memory people,
        bytes18[6] memory agencies,
        bytes21[9] memory types
    ) internal virtual returns (AllWork);

    function _assertNoSurprises() internal view {
        vm.assertEq(office.surprises(), 0);
    }

    function _assertNoGaps() internal view {
        vm.assertEq(access.sequence(), office.appointments());
        vm.assertEq(registry.sequence(), office.registryChanges());
        vm.assertEq(catalog.sequence(), office.publications());
        vm.assertEq(policy.sequence(), office.policyChanges());
        vm.assertEq(log.sequence(), office.batchCount());
    }

    function _assertHead() internal view {
        vm.assertEq(log.head(), office.head());
    }

    /// @dev Six operators, the authorities in the order of their regions, a stranger, the administrator.
    function _people() private view returns (address[14] memory people) {
        for (uint160 i = 0; i < 6; i++) people[i] = address(0x1000 + i);
        (people[6], people[7], people[8]) = (NATION, PROVINCE, CITY);
        (people[9], people[10], people[11]) = (DISTRICT, NEIGHBOUR_CITY, NEIGHBOUR_PROVINCE);
        (people[12], people[13]) = (STRANGER, address(this));
    }

    function _agencies() private pure returns (bytes18[6] memory agencies) {
        for (uint256 i = 0; i < 6; i++) agencies[i] = Codes.complete(Codes.random(i + 1));
    }

    /// @dev The type that is issued, seven that are not published yet, and what is no code.
    function _types() private view returns (bytes21[9] memory types) {
        types[0] = TYPE;
        for (uint256 i = 1; i < 8; i++) types[i] = Codes.typeCode(Codes.random(i), "001");
        types[8] = bytes21("no code of a type");
    }
}

/// @title What holds when anybody tries anything
contract InvariantsTest is Invariants {
    function invariant_everyActSucceedsExactlyWhenItMayAndDoesWhatItShould() public view {
        _assertNoSurprises();
    }

    function invariant_everyContractCountsItsEventsWithoutGaps() public view {
        _assertNoGaps();
    }

    function invariant_theLogsHeadIsTheFoldOfAllRecords() public view {
        _assertHead();
    }

    function _open(
        address[14] memory people,
        bytes18[6] memory agencies,
        bytes21[9] memory types
    ) internal override returns (AllWork) {
        return new FreeOffice(directory, people, agencies, types);
    }
}

/// @title What holds when everybody keeps to the rules
contract LawfulInvariantsTest is Invariants {
    function invariant_whatIsLawfulIsNeverRefusedAndDoesWhatItShould() public view {
        _assertNoSurprises();
        _assertNoGaps();
        _assertHead();
    }

    /// @dev An office where nothing was lawful would prove nothing.
    function afterInvariant() public override {
        super.afterInvariant();
        vm.assertTrue(office.acts() > 0);
    }

    function _open(
        address[14] memory people,
        bytes18[6] memory agencies,
        bytes21[9] memory types
    ) internal override returns (AllWork) {
        return new LawfulOffice(directory, people, agencies, types);
    }
}
