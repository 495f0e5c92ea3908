// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AgencyRegistry} from "./AgencyRegistry.sol";
import {BatchAnchor} from "./BatchAnchor.sol";
import {StatusRegistry} from "./StatusRegistry.sol";
import {IAgencyRegistry} from "./interfaces/IAgencyRegistry.sol";
import {IBatchAnchor} from "./interfaces/IBatchAnchor.sol";
import {Deployment} from "./test/Deployment.t.sol";
import {vm} from "./test/Vm.t.sol";

/// @title What the invariants let happen: two agencies' daily work, and people who try what they may not
/// @dev Keeps its own books, and beside every call what it should have come to. Agency i has operator i
/// and authority i; the third actor of each kind is the national authority and a stranger.
contract Office {
    struct Anchored {
        bytes18 agency;
        bytes32 root;
        bytes32 manifestHash;
        IBatchAnchor.Record record;
    }

    struct Changed {
        uint256 batch;
        uint32 index;
    }

    uint40 private constant LARGEST = 2 ** 32;

    AgencyRegistry private registry;
    BatchAnchor private log;
    StatusRegistry private statuses;
    bytes21 private certificateType;

    bytes18[2] private agencies;
    address[2] private operators;
    address[2] private authorities;
    address private nation;

    bool[2] private isSuspended;
    bool[2] private isDismissed;

    Anchored[] private anchored;
    mapping(bytes18 agency => mapping(bytes32 root => bool)) private isAnchored;
    Changed[] private changed;
    mapping(uint256 batch => mapping(uint32 index => uint8)) public statusOf;
    mapping(uint256 batch => uint8) public batchStatusOf;

    uint64 public registryChanges;
    uint256 public surprises;

    constructor(
        AgencyRegistry registry_,
        BatchAnchor log_,
        StatusRegistry statuses_,
        bytes21 certificateType_,
        bytes18[2] memory agencies_,
        address[2] memory operators_,
        address[2] memory authorities_,
        address nation_
    ) {
        registry = registry_;
        log = log_;
        statuses = statuses_;
        certificateType = certificateType_;
        agencies = agencies_;
        operators = operators_;
        authorities = authorities_;
        nation = nation_;
        registryChanges = registry_.sequence();
    }

    // What happens

    function anchor(uint256 who, uint256 seed, uint40 size, uint8 suite) external {
        IBatchAnchor.Batch memory batch = _batch(seed, size);
        suite %= 4;
        bool expected = _mayAnchor(who) && _isGood(who, batch) && (suite == 1 || suite == 2);
        vm.prank(_actor(who));
        try log.anchor(certificateType, 1, suite, batch) {
            _compare(true, expected);
            _enter(who, batch, suite);
        } catch {
            _compare(false, expected);
        }
    }

    function anchorTwo(uint256 who, uint256 seed, uint256 otherSeed, uint40 size) external {
        IBatchAnchor.Batch[] memory two = new IBatchAnchor.Batch[](2);
        two[0] = _batch(seed, size);
        two[1] = _batch(otherSeed, size);
        bool expected =
            _mayAnchor(who) &&
                _isGood(who, two[0]) &&
                _isGood(who, two[1]) &&
                two[0].root != two[1].root;
        vm.prank(_actor(who));
        try log.anchorMany(certificateType, 1, 1, two) {
            _compare(true, expected);
            _enter(who, two[0], 1);
            _enter(who, two[1], 1);
        } catch {
            _compare(false, expected);
        }
    }

    function setStatus(uint256 who, uint256 which, uint32 index, uint8 status) external {
        if (anchored.length == 0) return;
        which %= anchored.length;
        status %= 17;
        index %= 200;
        Anchored storage batch = anchored[which];
        bool expected =
            _maySetStatus(who, batch.agency) &&
                index < batch.record.size &&
                _isLawful(statusOf[which][index], status);
        vm.prank(_actor(who));
        try statuses.setStatus(batch.agency, batch.root, index, status, 1, 1) {
            _compare(true, expected);
            statusOf[which][index] = status;
            changed.push(Changed(which, index));
        } catch {
            _compare(false, expected);
        }
    }

    function setBatchStatus(uint256 who, uint256 which, uint8 status) external {
        if (anchored.length == 0) return;
        which %= anchored.length;
        status %= 17;
        Anchored storage batch = anchored[which];
        bool expected = _maySetStatus(who, batch.agency) && _isLawful(batchStatusOf[which], status);
        vm.prank(_actor(who));
        try statuses.setBatchStatus(batch.agency, batch.root, status, 1, 1) {
            _compare(true, expected);
            batchStatusOf[which] = status;
        } catch {
            _compare(false, expected);
        }
    }

    function suspendOrResume(uint256 who, uint256 which) external {
        which %= 2;
        bool expected = _isAuthority(who, agencies[which]);
        IAgencyRegistry.AgencyStatus next =
            isSuspended[which]
                ? IAgencyRegistry.AgencyStatus.Active
                : IAgencyRegistry.AgencyStatus.Suspended;
        vm.prank(_actor(who));
        try registry.setAgencyStatus(agencies[which], next, 1, "") {
            _compare(true, expected);
            isSuspended[which] = !isSuspended[which];
            registryChanges++;
        } catch {
            _compare(false, expected);
        }
    }

    function dismiss(uint256 who, uint256 which) external {
        which %= 2;
        bool expected = !isDismissed[which] && _isAuthority(who, agencies[which]);
        vm.prank(_actor(who));
        try registry.removeOperator(operators[which], "") {
            _compare(true, expected);
            isDismissed[which] = true;
            registryChanges++;
        } catch {
            _compare(false, expected);
        }
    }

    function employ(uint256 who, uint256 which, uint256 whom) external {
        which %= 2;
        whom %= 2;
        bool expected = which == whom && _isAuthority(who, agencies[which]);
        vm.prank(_actor(who));
        try registry.addOperator(agencies[which], operators[whom], 0, 0, "") {
            _compare(true, expected);
            isDismissed[whom] = false;
            registryChanges++;
        } catch {
            _compare(false, expected);
        }
    }

    function letTimePass(uint16 time) external {
        vm.warp(block.timestamp + time);
    }

    // The books

    function batches() external view returns (Anchored[] memory) {
        return anchored;
    }

    function changes() external view returns (Changed[] memory) {
        return changed;
    }

    // Steps

    function _enter(uint256 who, IBatchAnchor.Batch memory batch, uint8 suite) private {
        bytes18 agency = agencies[who % 6];
        isAnchored[agency][batch.root] = true;
        IBatchAnchor.Record memory record = IBatchAnchor.Record({
            certificateType: certificateType,
            schemaVersion: 1,
            size: batch.size,
            suite: suite,
            time: uint64(block.timestamp),
            sequence: uint64(anchored.length + 1)
        });
        anchored.push(Anchored(agency, batch.root, batch.manifestHash, record));
    }

    function _compare(bool happened, bool expected) private {
        if (happened != expected) surprises++;
    }

    // Who is who: 0 and 1 are the operators, 2 and 3 their authorities, 4 the national one, 5 a stranger

    function _actor(uint256 who) private view returns (address) {
        who %= 6;
        if (who < 2) return operators[who];
        if (who < 4) return authorities[who - 2];
        return who == 4 ? nation : address(this);
    }

    function _mayAnchor(uint256 who) private view returns (bool) {
        who %= 6;
        return who < 2 && !isSuspended[who] && !isDismissed[who];
    }

    function _isAuthority(uint256 who, bytes18 agency) private view returns (bool) {
        who %= 6;
        return
            who == 4 || (who == 2 && agency == agencies[0]) || (who == 3 && agency == agencies[1]);
    }

    function _maySetStatus(uint256 who, bytes18 agency) private view returns (bool) {
        if (_mayAnchor(who) && agencies[who % 6] == agency) return true;
        return _isAuthority(who, agency);
    }

    function _isGood(uint256 who, IBatchAnchor.Batch memory batch) private view returns (bool) {
        if (batch.root == 0 || batch.size == 0 || batch.size > LARGEST) return false;
        return !isAnchored[agencies[who % 6]][batch.root];
    }

    function _isLawful(uint8 from, uint8 to) private pure returns (bool) {
        bool isKnown = to <= 6 || to == 15;
        return isKnown && from != to && (from == 0 || from == 1);
    }

    /// @dev Few roots, so that the same one comes up again; few batches too small or too large.
    function _batch(uint256 seed, uint40 size) private pure returns (IBatchAnchor.Batch memory) {
        bytes32 root = seed % 50 == 0 ? bytes32(0) : keccak256(abi.encode(seed % 50));
        if (size % 8 != 0) size = 1 + (size % 200);
        return IBatchAnchor.Batch(root, size, seed % 2 == 0 ? bytes32(0) : bytes32(seed));
    }
}

/// @title What holds whatever happens, in whatever order
contract InvariantsTest is Deployment {
    Office private office;

    function setUp() public override {
        super.setUp();
        address otherOperator = _account("other operator");
        _startIssuing();
        _register(OTHER_AGENCY, GUANGDONG);
        _entitle(OTHER_AGENCY, TYPE);
        _employ(OTHER_AGENCY, otherOperator);
        office = new Office(
            registry,
            log,
            statuses,
            TYPE,
            [AGENCY, OTHER_AGENCY],
            [OPERATOR, otherOperator],
            [CITY, NEIGHBOUR_PROVINCE],
            NATION
        );
    }

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(office);
    }

    function invariant_everyActSucceedsExactlyWhenItMay() public view {
        vm.assertEq(office.surprises(), 0);
        vm.assertEq(registry.sequence(), office.registryChanges());
    }

    function invariant_theLogHasNoGapsAndItsHeadIsTheFoldOfAllRecords() public view {
        Office.Anchored[] memory batches = office.batches();
        vm.assertEq(log.sequence(), batches.length);
        bytes32 head = 0;
        for (uint64 i = 0; i < batches.length; i++) {
            vm.assertEq(batches[i].record.sequence, i + 1);
            head = _fold(batches[i], head);
        }
        vm.assertEq(log.head(), head);
    }

    function invariant_aRecordNeverChangesOnceWritten() public view {
        Office.Anchored[] memory batches = office.batches();
        for (uint256 i = 0; i < batches.length; i++) {
            vm.assertEq(
                keccak256(abi.encode(log.recordOf(batches[i].agency, batches[i].root))),
                keccak256(abi.encode(batches[i].record))
            );
            vm.assertEq(log.sizeOf(batches[i].agency, batches[i].root), batches[i].record.size);
        }
    }

    function invariant_aStatusIsTheOneLastSetByWhoMaySetIt() public view {
        Office.Anchored[] memory batches = office.batches();
        Office.Changed[] memory changes = office.changes();
        for (uint256 i = 0; i < changes.length; i++) {
            Office.Anchored memory batch = batches[changes[i].batch];
            vm.assertEq(
                statuses.statusOf(batch.agency, batch.root, changes[i].index),
                office.statusOf(changes[i].batch, changes[i].index)
            );
        }
        for (uint256 i = 0; i < batches.length; i++) {
            vm.assertEq(
                statuses.batchStatusOf(batches[i].agency, batches[i].root),
                office.batchStatusOf(i)
            );
        }
    }

    function _fold(Office.Anchored memory batch, bytes32 head) private view returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    keccak256("liangzheng/batch-anchor/1"),
                    block.chainid,
                    address(log),
                    batch.record.sequence,
                    batch.agency,
                    batch.root,
                    batch.record.certificateType,
                    batch.record.schemaVersion,
                    batch.record.size,
                    batch.record.suite,
                    batch.record.time,
                    batch.manifestHash,
                    head
                )
            );
    }
}
