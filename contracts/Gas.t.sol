// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IBatchAnchor} from "./interfaces/IBatchAnchor.sol";
import {Deployment} from "./test/Deployment.t.sol";
import {vm} from "./test/Vm.t.sol";

/// @title What the daily work costs
/// @dev Each call is a transaction of its own, so storage is cold and the 21,000 of a transaction and
/// its calldata are counted. The figures are kept in `snapshots/`.
/// hardhat-config: isolate = true
contract GasTest is Deployment {
    bytes32 private constant ROOT = keccak256("root");

    function setUp() public override {
        super.setUp();
        _startIssuing();
        _anchor(OPERATOR, keccak256("the first"), 1000);
    }

    function test_anchoringOneBatch() public {
        _anchor(OPERATOR, ROOT, 1000);
        vm.snapshotGasLastCall("anchor", "one batch");
    }

    function test_anchoringAHundredBatches() public {
        IBatchAnchor.Batch[] memory batches = new IBatchAnchor.Batch[](100);
        for (uint256 i = 0; i < 100; i++) batches[i] = _batch(keccak256(abi.encode(i)), 1000);
        vm.prank(OPERATOR);
        log.anchorMany(TYPE, 1, 1, batches);
        vm.snapshotGasLastCall("anchor", "a hundred batches");
    }

    function test_changingAStatus() public {
        _anchor(OPERATOR, ROOT, 1000);
        _revoke(OPERATOR, 700);
        vm.snapshotGasLastCall("status", "the first of 64 certificates");
        _revoke(OPERATOR, 701);
        vm.snapshotGasLastCall("status", "another of the same 64");
        _revoke(CITY, 702);
        vm.snapshotGasLastCall("status", "another, by the authority");
    }

    function test_changingTheStatusOfABatch() public {
        _anchor(OPERATOR, ROOT, 1000);
        vm.prank(OPERATOR);
        statuses.setBatchStatus(AGENCY, ROOT, 5, NOW, 1);
        vm.snapshotGasLastCall("status", "a whole batch");
    }

    function _revoke(address caller, uint32 index) private {
        vm.prank(caller);
        statuses.setStatus(AGENCY, ROOT, index, 5, NOW, 1);
    }
}
