// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {UseLog} from "./UseLog.sol";
import {IBatchAnchor} from "./interfaces/IBatchAnchor.sol";
import {ICertificateCatalog} from "./interfaces/ICertificateCatalog.sol";
import {IUseLog} from "./interfaces/IUseLog.sol";
import {Deploy} from "./test/Deploy.t.sol";
import {Deployment} from "./test/Deployment.t.sol";
import {Codes} from "./test/Codes.t.sol";
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

    function test_changingSixtyFourNeighbours() public {
        _anchor(OPERATOR, ROOT, 1000);
        _revokeEvery(1, 64);
        vm.snapshotGasLastCall("status", "64 certificates of one word");
    }

    function test_changingAThousandScatteredCertificates() public {
        _anchor(OPERATOR, ROOT, 64_000);
        _revokeEvery(64, 1000);
        vm.snapshotGasLastCall("status", "1000 certificates of 1000 words");
    }

    function test_changingAStatusInTheNextDeployment() public {
        _anchor(OPERATOR, ROOT, 1000);
        _revoke(OPERATOR, 1);
        _deploy();
        _appointAll();
        vm.warp(NOW + DELAY);
        _startIssuing();
        _revoke(OPERATOR, 2);
        vm.snapshotGasLastCall("status", "the first of 64 taken over");
        _revoke(OPERATOR, 3);
        vm.snapshotGasLastCall("status", "another of the 64 taken over");
    }

    function test_changingAStatusOfANewBatchInTheNextDeployment() public {
        _deploy();
        _appointAll();
        vm.warp(NOW + DELAY);
        _startIssuing();
        _anchor(OPERATOR, ROOT, 1000);
        _revoke(OPERATOR, 700);
        vm.snapshotGasLastCall("status", "the first of 64 certificates, in a next deployment");
        _revoke(OPERATOR, 701);
        vm.snapshotGasLastCall("status", "another of the same 64, in a next deployment");
    }

    function test_anchoringTheUsesOfFourProcesses() public {
        UseLog uses = Deploy.useLog();
        IUseLog.Head[] memory heads = new IUseLog.Head[](4);
        for (uint64 i = 0; i < 4; i++) heads[i] = IUseLog.Head(i, 1, ROOT);
        uses.anchor(heads);
        vm.snapshotGasLastCall("uses", "four new strands");
        for (uint64 i = 0; i < 4; i++) heads[i].length = 2;
        uses.anchor(heads);
        vm.snapshotGasLastCall("uses", "four strands that grew");
    }

    function test_publishingAHundredTypes() public {
        ICertificateCatalog.Order[] memory orders = new ICertificateCatalog.Order[](100);
        for (uint256 i = 0; i < 100; i++) {
            bytes21 code = Codes.typeCode("11100000000054321", _digits(i));
            orders[i] = ICertificateCatalog.Order(code, COUNTRY, _publication(), BASIS);
        }
        vm.prank(NATION);
        catalog.publishTypes(orders);
        vm.snapshotGasLastCall("catalogue", "a hundred types");
    }

    function _revoke(address caller, uint32 index) private {
        vm.prank(caller);
        statuses.setStatus(AGENCY, ROOT, index, 5, NOW, 1);
    }

    function _revokeEvery(uint32 step, uint256 count) private {
        uint32[] memory indices = new uint32[](count);
        for (uint32 i = 0; i < count; i++) indices[i] = i * step;
        vm.prank(OPERATOR);
        statuses.setStatuses(AGENCY, ROOT, indices, 5, NOW, 1);
    }

    function _digits(uint256 number) private pure returns (bytes3) {
        bytes memory digits = "000";
        for (uint256 i = 3; i > 0; i--) {
            digits[i - 1] = bytes1(uint8(48 + (number % 10)));
            number /= 10;
        }
        return bytes3(digits);
    }
}
