// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAgencyRegistry} from "./interfaces/IAgencyRegistry.sol";
import {IStatusRegistry} from "./interfaces/IStatusRegistry.sol";
import {Deployment} from "./test/Deployment.t.sol";
import {vm} from "./test/Vm.t.sol";

contract StatusRegistryTest is Deployment {
    bytes32 private constant ROOT = keccak256("root");
    uint40 private constant SIZE = 1000;

    function setUp() public override {
        super.setUp();
        _startIssuing();
        _anchor(OPERATOR, ROOT, SIZE);
    }

    function test_everythingStartsActive() public view {
        vm.assertEq(statuses.statusOf(AGENCY, ROOT, 0), 0);
        vm.assertEq(statuses.statusOf(AGENCY, ROOT, 999), 0);
        vm.assertEq(statuses.batchStatusOf(AGENCY, ROOT), 0);
        vm.assertEq(statuses.statusWordOf(AGENCY, ROOT, 0), 0);
    }

    function test_aChangedStatusIsKeptAndTold() public {
        vm.expectEmit(address(statuses));
        emit IStatusRegistry.CertificateStatusChanged(AGENCY, ROOT, 65, 5, NOW - 9, 3, OPERATOR);
        vm.prank(OPERATOR);
        statuses.setStatus(AGENCY, ROOT, 65, 5, NOW - 9, 3);

        vm.assertEq(statuses.statusOf(AGENCY, ROOT, 65), 5);
        vm.assertEq(statuses.statusWordOf(AGENCY, ROOT, 1), 0x50);
        vm.assertEq(statuses.batchStatusOf(AGENCY, ROOT), 0);
    }

    function test_aChangedBatchStatusIsKeptAndTold() public {
        vm.expectEmit(address(statuses));
        emit IStatusRegistry.BatchStatusChanged(AGENCY, ROOT, 4, NOW - 9, 3, CITY);
        vm.prank(CITY);
        statuses.setBatchStatus(AGENCY, ROOT, 4, NOW - 9, 3);

        vm.assertEq(statuses.batchStatusOf(AGENCY, ROOT), 4);
        vm.assertEq(statuses.statusOf(AGENCY, ROOT, 0), 0);
    }

    function test_sixtyFourCertificatesShareAWordLowestFirst() public {
        _set(OPERATOR, 0, 1);
        _set(OPERATOR, 1, 2);
        _set(OPERATOR, 63, 15);
        _set(OPERATOR, 64, 6);
        vm.assertEq(statuses.statusWordOf(AGENCY, ROOT, 0), (15 << 252) | 0x21);
        vm.assertEq(statuses.statusWordOf(AGENCY, ROOT, 1), 6);
    }

    function test_theLastCertificateOfTheLargestBatchHasAStatus() public {
        bytes32 root = keccak256("largest");
        _anchor(OPERATOR, root, 2 ** 32);
        vm.prank(OPERATOR);
        statuses.setStatus(AGENCY, root, type(uint32).max, 5, NOW, 0);
        vm.assertEq(statuses.statusOf(AGENCY, root, type(uint32).max), 5);
        vm.assertEq(statuses.statusWordOf(AGENCY, root, 2 ** 26 - 1), uint256(5) << 252);
    }

    function test_everyCertificateStatusMayFollowOnlyWhereTheLawAllows() public {
        uint8[8] memory known = [0, 1, 2, 3, 4, 5, 6, 15];
        uint32 index = 0;
        for (uint256 i = 0; i < known.length; i++) {
            for (uint256 j = 0; j < known.length; j++) {
                if (known[i] != 0) _set(OPERATOR, index, known[i]);
                bool lawful = known[i] <= 1 && known[i] != known[j];
                if (!lawful) _expectIllegal(known[i], known[j]);
                _set(OPERATOR, index++, known[j]);
            }
        }
    }

    function test_everyBatchStatusMayFollowOnlyWhereTheLawAllows() public {
        uint8[8] memory known = [0, 1, 2, 3, 4, 5, 6, 15];
        for (uint256 i = 0; i < known.length; i++) {
            for (uint256 j = 0; j < known.length; j++) {
                bytes32 root = keccak256(abi.encode(i, j));
                _anchor(OPERATOR, root, 1);
                if (known[i] != 0) _setBatch(root, known[i]);
                bool lawful = known[i] <= 1 && known[i] != known[j];
                if (!lawful) _expectIllegal(known[i], known[j]);
                _setBatch(root, known[j]);
            }
        }
    }

    function test_aStatusWithoutAMeaningIsRefused() public {
        for (uint256 status = 7; status < 256; status++) {
            if (status == 15) continue;
            _expectUnknownStatus(uint8(status));
            _set(OPERATOR, 0, uint8(status));
            _expectUnknownStatus(uint8(status));
            _setBatch(ROOT, uint8(status));
        }
    }

    function test_anIndexBeyondTheBatchIsRefused() public {
        _set(OPERATOR, 999, 1);
        _expectOutOfRange(1000);
        _set(OPERATOR, 1000, 1);
    }

    function test_theSizeOfABatchIsTheLogs() public view {
        vm.assertEq(statuses.anchoredSizeOf(AGENCY, ROOT), SIZE);
        vm.assertEq(statuses.anchoredSizeOf(AGENCY, keccak256("elsewhere")), 0);
    }

    function test_whatIsNotAnchoredHasNoStatusToChange() public {
        bytes32 root = keccak256("elsewhere");
        _expectNotAnchored(AGENCY, root);
        vm.prank(OPERATOR);
        statuses.setStatus(AGENCY, root, 0, 1, NOW, 0);
        _expectNotAnchored(AGENCY, root);
        _setBatch(root, 1);
        _expectNotAnchored(OTHER_AGENCY, ROOT);
        vm.prank(NATION);
        statuses.setBatchStatus(OTHER_AGENCY, ROOT, 1, NOW, 0);
    }

    function test_theAuthoritiesOverTheAgencysRegionChangeAStatus() public {
        _set(CITY, 0, 1);
        _set(PROVINCE, 0, 0);
        _set(NATION, 0, 5);
    }

    function test_nobodyElseChangesAStatus() public {
        _refuse(DISTRICT);
        _refuse(NEIGHBOUR_CITY);
        _refuse(NEIGHBOUR_PROVINCE);
        _refuse(STRANGER);
    }

    function test_anotherAgencysOperatorChangesNoStatus() public {
        _register(OTHER_AGENCY, SANYA);
        _entitle(OTHER_AGENCY, TYPE);
        _employ(OTHER_AGENCY, STRANGER);
        _anchor(STRANGER, ROOT, SIZE);
        _refuse(STRANGER);

        vm.prank(STRANGER);
        statuses.setStatus(OTHER_AGENCY, ROOT, 0, 5, NOW, 0);
        vm.assertEq(statuses.statusOf(OTHER_AGENCY, ROOT, 0), 5);
        vm.assertEq(statuses.statusOf(AGENCY, ROOT, 0), 0);
    }

    function test_anOperatorOfASuspendedAgencyChangesNoStatusButItsAuthorityDoes() public {
        vm.prank(CITY);
        registry.setAgencyStatus(AGENCY, IAgencyRegistry.AgencyStatus.Suspended, NOW, BASIS);
        _refuse(OPERATOR);
        _set(CITY, 0, 5);
    }

    function test_aRemovedOperatorChangesNoStatus() public {
        vm.prank(CITY);
        registry.removeOperator(OPERATOR, BASIS);
        _refuse(OPERATOR);
    }

    // Several at once

    function test_severalStatusesAreSetAtOnceAndTold() public {
        uint32[] memory indices = _indices(0, 63, 64, 999);
        vm.expectEmit(address(statuses));
        emit IStatusRegistry.CertificatesStatusChanged(
            AGENCY,
            ROOT,
            indices,
            5,
            NOW - 9,
            3,
            OPERATOR
        );
        vm.prank(OPERATOR);
        statuses.setStatuses(AGENCY, ROOT, indices, 5, NOW - 9, 3);

        vm.assertEq(statuses.statusWordOf(AGENCY, ROOT, 0), 5 + (5 << 252));
        vm.assertEq(statuses.statusWordOf(AGENCY, ROOT, 1), 5);
        vm.assertEq(statuses.statusWordOf(AGENCY, ROOT, 15), uint256(5) << 156);
        vm.assertEq(statuses.batchStatusOf(AGENCY, ROOT), 0);
    }

    function test_oneStatusIsAListToo() public {
        uint32[] memory indices = new uint32[](1);
        indices[0] = 700;
        _setSeveral(OPERATOR, indices, 2);
        vm.assertEq(statuses.statusOf(AGENCY, ROOT, 700), 2);
    }

    function test_settingNothingIsRefused() public {
        vm.expectRevert(
            abi.encodeWithSelector(IStatusRegistry.StatusRegistryNothingToChange.selector)
        );
        _setSeveral(OPERATOR, new uint32[](0), 5);
    }

    function test_indicesThatDoNotRiseAreRefused() public {
        _refuseOrder(_indices(1, 0, 2, 3), 0);
        _refuseOrder(_indices(0, 1, 1, 3), 1);
        _refuseOrder(_indices(0, 64, 128, 127), 127);
        _refuseOrder(_indices(0, 64, 0, 64), 0);
    }

    function test_indicesBeyondTheBatchAreRefusedAndNothingIsSet() public {
        _expectOutOfRange(1000);
        _setSeveral(OPERATOR, _indices(0, 999, 1000, 1001), 5);
        vm.assertEq(statuses.statusOf(AGENCY, ROOT, 0), 0);
    }

    function test_whenOneTransitionIsIllegalNoStatusIsSet() public {
        _set(OPERATOR, 64, 5);
        _expectIllegal(5, 6);
        _setSeveral(OPERATOR, _indices(0, 1, 64, 128), 6);
        _expectIllegal(0, 0);
        _setSeveral(OPERATOR, _indices(0, 1, 2, 3), 0);
        vm.assertEq(statuses.statusWordOf(AGENCY, ROOT, 0), 0);
        vm.assertEq(statuses.statusWordOf(AGENCY, ROOT, 2), 0);
    }

    function test_severalSuspensionsAreLiftedAtOnce() public {
        _setSeveral(OPERATOR, _indices(0, 1, 2, 64), 1);
        _setSeveral(OPERATOR, _indices(0, 1, 2, 64), 0);
        vm.assertEq(statuses.statusWordOf(AGENCY, ROOT, 0), 0);
        vm.assertEq(statuses.statusWordOf(AGENCY, ROOT, 1), 0);
    }

    function test_severalStatusesWithoutAMeaningAreRefused() public {
        _expectUnknownStatus(7);
        _setSeveral(OPERATOR, _indices(0, 1, 2, 3), 7);
    }

    function test_severalStatusesOfWhatIsNotAnchoredAreRefused() public {
        bytes32 root = keccak256("elsewhere");
        _expectNotAnchored(AGENCY, root);
        vm.prank(OPERATOR);
        statuses.setStatuses(AGENCY, root, _indices(0, 1, 2, 3), 5, NOW, 0);
    }

    function test_onlyWhoMaySetOneStatusSetsSeveral() public {
        _expectNotAllowed(NEIGHBOUR_CITY);
        _setSeveral(NEIGHBOUR_CITY, _indices(0, 1, 2, 3), 5);
        _setSeveral(CITY, _indices(0, 1, 2, 3), 5);
    }

    function testFuzz_settingSeveralEqualsSettingOneAfterTheOther(
        uint256 seed,
        uint256 count
    ) public {
        bytes32 twin = keccak256("twin");
        _anchor(OPERATOR, twin, SIZE);
        uint32[] memory indices = new uint32[](1 + (count % 40));
        uint32 next = uint32(seed % 70);
        for (uint256 i = 0; i < indices.length; i++) {
            indices[i] = next;
            next += 1 + uint32((seed >> (i * 6)) % 20);
        }
        _setSeveral(OPERATOR, indices, 3);
        for (uint256 i = 0; i < indices.length; i++) {
            vm.prank(OPERATOR);
            statuses.setStatus(AGENCY, twin, indices[i], 3, NOW, 0);
        }
        for (uint32 word = 0; word < 16; word++) {
            vm.assertEq(
                statuses.statusWordOf(AGENCY, ROOT, word),
                statuses.statusWordOf(AGENCY, twin, word)
            );
        }
    }

    function testFuzz_settingSeveralLeavesEveryNeighbourAlone(uint256 seed, uint32 gap) public {
        uint8[8] memory known = [0, 1, 0, 3, 0, 5, 6, 15];
        uint256 before = 0;
        for (uint32 i = 0; i < 64; i++) {
            uint8 status = known[(seed >> (i * 3)) % 8];
            if (i % 2 == 0 || status == 0) continue;
            _set(OPERATOR, i, status);
            before |= uint256(status) << (i * 4);
        }
        uint32 from = 2 * (gap % 15);
        _setSeveral(OPERATOR, _indices(from, from + 2, from + 32, 64), 4);
        uint256 mask = (4 << (from * 4)) | (4 << ((from + 2) * 4)) | (4 << ((from + 32) * 4));
        vm.assertEq(statuses.statusWordOf(AGENCY, ROOT, 0), before | mask);
        vm.assertEq(statuses.statusWordOf(AGENCY, ROOT, 1), 4);
    }

    function testFuzz_settingOneStatusChangesNoOther(
        uint32 index,
        uint32 other,
        uint256 status,
        uint256 otherStatus
    ) public {
        bytes32 root = keccak256("largest");
        _anchor(OPERATOR, root, 2 ** 32);
        other = other % 3 == 0 ? other : (index & ~uint32(127)) | (other & 127);
        vm.assume(index != other);
        uint8[7] memory ended = [1, 2, 3, 4, 5, 6, 15];
        uint8 first = ended[otherStatus % 7];
        uint8 second = ended[status % 7];

        vm.prank(OPERATOR);
        statuses.setStatus(AGENCY, root, other, first, NOW, 0);
        uint256 before = statuses.statusWordOf(AGENCY, root, index / 64);
        vm.prank(OPERATOR);
        statuses.setStatus(AGENCY, root, index, second, NOW, 0);

        vm.assertEq(statuses.statusOf(AGENCY, root, other), first);
        vm.assertEq(statuses.statusOf(AGENCY, root, index), second);
        vm.assertEq(
            statuses.statusWordOf(AGENCY, root, index / 64),
            before + uint256(second) * 16 ** (index % 64)
        );
    }

    function testFuzz_aWordHoldsWhatSixtyFourCertificatesWereGiven(uint256 seed) public {
        uint8[8] memory known = [0, 1, 2, 3, 4, 5, 6, 15];
        uint256 expected = 0;
        for (uint32 i = 0; i < 64; i++) {
            uint8 status = known[(seed >> (i * 3)) % 8];
            if (status == 0) continue;
            _set(OPERATOR, 64 + i, status);
            expected += uint256(status) * 16 ** i;
        }
        vm.assertEq(statuses.statusWordOf(AGENCY, ROOT, 1), expected);
        vm.assertEq(statuses.statusWordOf(AGENCY, ROOT, 0), 0);
        vm.assertEq(statuses.statusWordOf(AGENCY, ROOT, 2), 0);
    }

    function _set(address caller, uint32 index, uint8 status) private {
        vm.prank(caller);
        statuses.setStatus(AGENCY, ROOT, index, status, NOW, 0);
    }

    function _setSeveral(address caller, uint32[] memory indices, uint8 status) private {
        vm.prank(caller);
        statuses.setStatuses(AGENCY, ROOT, indices, status, NOW, 0);
    }

    function _indices(
        uint32 a,
        uint32 b,
        uint32 c,
        uint32 d
    ) private pure returns (uint32[] memory indices) {
        indices = new uint32[](4);
        (indices[0], indices[1], indices[2], indices[3]) = (a, b, c, d);
    }

    function _refuseOrder(uint32[] memory indices, uint32 first) private {
        vm.expectRevert(
            abi.encodeWithSelector(IStatusRegistry.StatusRegistryIndicesNotRising.selector, first)
        );
        _setSeveral(OPERATOR, indices, 5);
    }

    function _setBatch(bytes32 root, uint8 status) private {
        vm.prank(OPERATOR);
        statuses.setBatchStatus(AGENCY, root, status, NOW, 0);
    }

    function _refuse(address caller) private {
        _expectNotAllowed(caller);
        _set(caller, 0, 1);
        _expectNotAllowed(caller);
        vm.prank(caller);
        statuses.setBatchStatus(AGENCY, ROOT, 1, NOW, 0);
    }

    function _expectNotAllowed(address caller) private {
        vm.expectRevert(
            abi.encodeWithSelector(
                IStatusRegistry.StatusRegistryNotAllowed.selector,
                caller,
                AGENCY
            )
        );
    }

    function _expectOutOfRange(uint32 index) private {
        vm.expectRevert(
            abi.encodeWithSelector(
                IStatusRegistry.StatusRegistryIndexOutOfRange.selector,
                ROOT,
                index,
                SIZE
            )
        );
    }

    function _expectNotAnchored(bytes18 agency, bytes32 root) private {
        vm.expectRevert(
            abi.encodeWithSelector(IStatusRegistry.StatusRegistryNotAnchored.selector, agency, root)
        );
    }

    function _expectUnknownStatus(uint8 status) private {
        vm.expectRevert(
            abi.encodeWithSelector(IStatusRegistry.StatusRegistryUnknownStatus.selector, status)
        );
    }

    function _expectIllegal(uint8 from, uint8 to) private {
        vm.expectRevert(
            abi.encodeWithSelector(
                IStatusRegistry.StatusRegistryIllegalTransition.selector,
                from,
                to
            )
        );
    }
}
